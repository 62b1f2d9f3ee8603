// Package releasetest has releases of the program that come after this one, for tests in which both are at work.
package releasetest

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// Next is a release whose order has a column and a field of its document more, and whose sales have a sum more: from a
// column that its migration adds to the orders.
func Next(t testing.TB) server.Release {
	t.Helper()
	this := server.ThisRelease()
	files := copyOf(t, this.Files)
	files["09001_test_boxes.sql"] = &fstest.MapFile{Data: []byte(`-- expands: how many boxes an order takes

-- +goose Up
ALTER TABLE public.orders ADD COLUMN boxes integer NOT NULL DEFAULT 1;
`)}
	replace(t, files, "readmodels/order.sql", "    o.total_cents,\n", "    o.total_cents,\n    o.boxes,\n")
	replace(t, files, "readmodels/order.sql", "                o.special_instructions AS", "                o.boxes,\n                o.special_instructions AS")
	replace(t, files, "readmodels/pizza_sales.sql", "    count(*) AS lines,\n", "    count(*) AS lines,\n    sum(o.boxes)::bigint AS boxes,\n")
	return server.Release{Version: "v9.1.0", Files: files}
}

// copyOf lets files be changed.
func copyOf(t testing.TB, files fs.FS) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		all[path] = &fstest.MapFile{Data: text}
		return err
	}))
	return all
}

// replace changes the first place where the old text stands; it must be there.
func replace(t testing.TB, files fstest.MapFS, path, before, after string) {
	t.Helper()
	text := string(files[path].Data)
	require.Contains(t, text, before, path)
	files[path] = &fstest.MapFile{Data: []byte(strings.Replace(text, before, after, 1))}
}
