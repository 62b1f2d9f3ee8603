package readmodel_test

import (
	"io/fs"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/pgtest"
	"pizzeria/internal/postgres"
	"pizzeria/migrations"
)

// A shop that has run with another definition of the order model goes on with the new one.
func TestTheOrderModelIsDefinedAnewOverOrdersThatAreThere(t *testing.T) {
	t.Parallel()
	db := newShop(t, pgtest.WithMigrations(before(t, "00014_")))
	forStorms(t, db)
	storm(t, db, 2*time.Second)
	run(t, db.Pool, "SELECT test.order(nextval('test.orders'), 1, 'PENDING', now()) FROM generate_series(1, 5)")
	require.NotZero(t, count(t, db.Pool, "SELECT count(*) FROM public.order_fresh"), "changes that no refresh has seen")
	orders := count(t, db.Pool, "SELECT count(*) FROM public.orders")

	_, err := postgres.Migrate(t.Context(), db.DSN, migrations.FS, slog.New(slog.DiscardHandler))
	require.NoError(t, err)

	db.Pool.Reset()
	requireExact(t, db)
	require.Equal(t, orders, count(t, db.Pool, "SELECT count(*) FROM public.order_view AS v WHERE (v.document->>'id')::uuid = v.id"))
	storm(t, db, 2*time.Second)
}

// before are the migrations up to one.
func before(t *testing.T, end string) fs.FS {
	t.Helper()
	names, err := fs.Glob(migrations.FS, "*.sql")
	require.NoError(t, err)
	earlier := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(migrations.FS, name)
		require.NoError(t, err)
		if name < end {
			earlier[name] = &fstest.MapFile{Data: text}
		}
	}
	require.Less(t, len(earlier), len(names))
	return earlier
}
