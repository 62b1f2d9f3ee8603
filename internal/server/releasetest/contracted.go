package releasetest

import (
	"testing"
	"testing/fstest"

	"pizzeria/internal/server"
)

// Contracted is a release that takes away what the ones before v9.1.0, and it too, need.
func Contracted(t testing.TB) server.Release {
	t.Helper()
	files := copyOf(t, Next(t).Files)
	files["09002_test_boxes_are_gone.sql"] = &fstest.MapFile{Data: []byte(`-- contracts v9.1.0: how many boxes an order takes

-- +goose Up
COMMENT ON COLUMN public.orders.boxes IS 'nobody reads it';
`)}
	return server.Release{Version: "v9.2.0", Files: files}
}

// Narrower is a release whose order has a column less.
func Narrower(t testing.TB) server.Release {
	t.Helper()
	files := copyOf(t, server.ThisRelease().Files)
	replace(t, files, "readmodels/order.sql", "    o.customer_name,\n", "")
	return server.Release{Version: "v9.3.0", Files: files}
}
