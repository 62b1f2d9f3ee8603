package readmodel_test

import (
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
)

// ofVersion is the builder of a version of the program that defines orders so.
func ofVersion(t *testing.T, pool *pgxpool.Pool, version, order string) *readmodel.Builder {
	t.Helper()
	files := fstest.MapFS{"readmodels/order.sql": &fstest.MapFile{Data: []byte(order)}}
	b, err := readmodel.Open(t.Context(), pool, files, version, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return b
}

// A database was of versions 1.0 and 1.2. Version 1.1 has never worked on it.
func TestAVersionThatSkippedTheDatabaseIsKnownAsOlder(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	const before = ") AS document\nFROM"
	with := func(columns string) string { return defined(t, "order", before, ") AS document"+columns+"\nFROM") }
	first, second, third := with(",\n    o.tax_cents"), with(",\n    o.tax_cents,\n    o.tip_cents AS tip"), with(",\n    o.tax_cents,\n    o.tip_cents AS tip,\n    o.discount_cents AS less")
	require.NoError(t, ofVersion(t, pool, "v1.0.0", first).Run(t.Context()))
	require.NoError(t, ofVersion(t, pool, "v1.2.0", third).Run(t.Context()))
	require.Equal(t, "order_3", inUse(t, db, "order"))

	skipped := ofVersion(t, pool, "v1.1.0", second)
	requireServed(t, skipped)
	require.NoError(t, skipped.Run(t.Context()))
	require.Equal(t, "order_3", inUse(t, db, "order"), "what is in use shows all that it reads")

	// Told to, it puts its own in use; the newer one then brings back what it lacks, and 1.0, older than both, doesn't.
	require.NoError(t, skipped.Rebuild(t.Context(), skipped.Definitions[0]))
	require.Equal(t, "order_4", inUse(t, db, "order"))
	requireServed(t, ofVersion(t, pool, "v1.0.0", first))
	newest := ofVersion(t, pool, "v1.2.0", third)
	missing, err := newest.Missing(t.Context())
	require.NoError(t, err)
	require.Len(t, missing, 1)
	require.NoError(t, newest.Run(t.Context()))
	requireServed(t, newest)
	requireServed(t, skipped)
	requireExact(t, db)
}

func TestAVersionThatSkippedTheDatabaseIsToldThatColumnsAreGone(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	narrow := defined(t, "order", "    o.customer_name,\n", "")
	require.NoError(t, ofVersion(t, pool, "v1.2.0", narrow).Run(t.Context()))

	unreadable, err := ofVersion(t, pool, "v1.1.0", defined(t, "order", ") AS document\nFROM", ") AS document,\n    o.tax_cents\nFROM")).Unreadable(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"order"}, unreadable)
	unreadable, err = ofVersion(t, pool, "v1.3.0", strings.Replace(narrow, ") AS document\nFROM", ") AS document,\n    o.tax_cents\nFROM", 1)).Unreadable(t.Context())
	require.NoError(t, err)
	require.Empty(t, unreadable)
}

// The functions of a version that was never here aren't put over those of a newer one.
func TestFunctionsOfAnOlderVersionYield(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	run(t, db.Pool, "DELETE FROM readmodel.mechanisms", "INSERT INTO readmodel.mechanisms (hash, applied_at, version) VALUES ('another''s', now(), 'v1.2.0')")
	inForce := func() []string {
		return rowTexts(t, db, "SELECT m.version FROM readmodel.mechanisms AS m ORDER BY m.number")
	}
	order := defined(t, "order", "One", "One")

	ofVersion(t, pool, "v1.1.0", order)
	require.Equal(t, []string{"(v1.2.0)"}, inForce())
	ofVersion(t, pool, "v1.3.0", order)
	require.Equal(t, []string{"(v1.2.0)", "(v1.3.0)"}, inForce())
}
