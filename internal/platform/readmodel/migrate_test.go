package readmodel_test

import (
	"io/fs"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

// A shop that has run with other definitions of its models, and stock kept elsewhere, goes on with the new ones.
func TestModelsAreDefinedAnewOverWhatIsThere(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, pgtest.WithMigrations(before(t, "00014_")), pgtest.WithMaxConns(16))
	run(t, db.Pool, stockAsItWas)
	openShop(t, db)
	forStorms(t, db)
	storm(t, db, 2*time.Second)
	run(t, db.Pool, "SELECT test.order(nextval('test.orders'), 1, 'PENDING', now()) FROM generate_series(1, 5)")
	require.NotZero(t, count(t, db.Pool, "SELECT count(*) FROM public.order_fresh"), "changes that no refresh has seen")
	orders, stock := count(t, db.Pool, "SELECT count(*) FROM public.orders"), rowTexts(t, db, levels)
	run(t, db.Pool, "DROP VIEW public.stock_levels")

	migrate(t, db, migrations.FS)

	requireExact(t, db)
	require.Equal(t, orders, count(t, db.Pool, "SELECT count(*) FROM public.order_view AS v WHERE (v.document->>'id')::uuid = v.id"))
	require.Equal(t, stock, rowTexts(t, db, levels))
	storm(t, db, 2*time.Second)
}

// Views are built anew beside a fresh level that stays.
func TestWhatIsFreshSurvivesNewViews(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, pgtest.WithMigrations(before(t, "00016_")), pgtest.WithMaxConns(16))
	openShop(t, db)
	forStorms(t, db)
	storm(t, db, 2*time.Second)
	run(t, db.Pool, "UPDATE public.orders SET version = version + 1 WHERE number <= 5",
		"UPDATE public.menu_items SET version = version + 1")
	orders, dishes := fresh(t, db, order), fresh(t, db, menu)
	require.NotZero(t, orders)
	require.NotZero(t, dishes)

	migrate(t, db, before(t, "00018_")) // which makes the order's model anew

	require.Equal(t, orders, fresh(t, db, order))
	require.Equal(t, dishes, fresh(t, db, menu))
	requireExact(t, db)
	storm(t, db, 2*time.Second)
	migrate(t, db, migrations.FS)
	requireExact(t, db)
}

// migrate takes the database as far as these migrations go, and its connections with it.
func migrate(t *testing.T, db *pgtest.Database, all fs.FS) {
	t.Helper()
	_, err := postgres.Migrate(t.Context(), db.DSN, all, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	db.Pool.Reset()
}

const (
	levels = "SELECT ROW (l.ingredient_id, l.on_hand, l.reserved)::text FROM public.stock_levels AS l ORDER BY l.ingredient_id"

	// stockAsItWas lets what fills and changes a shop work before 00015, when ingredients had the numbers themselves.
	stockAsItWas = `
		ALTER TABLE public.ingredients ALTER COLUMN on_hand SET DEFAULT 0;
		CREATE VIEW public.stock_levels AS SELECT g.id AS ingredient_id, g.on_hand, g.reserved FROM public.ingredients AS g`
)

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
