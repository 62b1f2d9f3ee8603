package inventorystore_test

import (
	"log/slog"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

// The statements of servers that don't know locations of stock.
const (
	oldIngredient = `INSERT INTO public.ingredients (id, name, low_threshold, created_at) VALUES (gen_random_uuid(), 'Flour', 0, now())`
	oldCount      = `
		INSERT INTO public.stock_movements (ingredient_id, order_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, NULL::uuid, 'COUNTED', c.on_hand, c.reserved, now()
		FROM public.change_stock((
			SELECT json_agg(json_build_object('ingredient_id', g.id, 'on_hand', 500, 'reserved', 0)) FROM public.ingredients AS g
		)) AS c
		RETURNING ingredient_id`
	oldRead = `
		SELECT g.name || ' ' || l.on_hand
		FROM public.ingredients AS g
		JOIN public.stock_levels AS l ON l.ingredient_id = g.id
		FOR NO KEY UPDATE OF l`

	aLocation = `
		INSERT INTO public.locations (
			id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
		)
		VALUES (gen_random_uuid(), 'Test', lower($1), '-', '-', '-', 'UTC', 0, $1, false, 0, 1, now(), now())`
	anOrder = `
		INSERT INTO public.orders (id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents,
			delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at, location_id)
		SELECT gen_random_uuid(), 1, 'CANCELLED', 'PICKUP', c.id, c.name, 1, 0, 0, 0, 0, 1, l.currency, now(), l.id
		FROM public.customers AS c, public.locations AS l
		WHERE l.currency = $1`
)

func TestStockGoesToTheLocationThatSoldMost(t *testing.T) {
	t.Parallel()
	s := beforeLocationsOfStock(t)
	s.exec(t, `INSERT INTO public.customers (id, name, created_at) VALUES (gen_random_uuid(), 'Ada', now())`)
	for currency, orders := range map[string]int{"EUR": 1, "JPY": 3, "USD": 2} {
		_, err := s.db.Pool.Exec(t.Context(), aLocation, currency)
		require.NoError(t, err)
		for range orders {
			_, err := s.db.Pool.Exec(t.Context(), anOrder, currency)
			require.NoError(t, err)
		}
	}
	s.exec(t, oldIngredient)
	s.exec(t, oldCount)

	s.migrate(t)
	s.exec(t, oldCount)

	require.Equal(t, []string{"EUR Flour 0 0", "JPY Flour 1000 1000", "USD Flour 0 0"}, s.stock(t))
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), oldRead).Scan(new(string)))
}

func TestStockOfTheOnlyLocationIsStillThatOfServersThatNameNone(t *testing.T) {
	t.Parallel()
	s := beforeLocationsOfStock(t)
	_, err := s.db.Pool.Exec(t.Context(), aLocation, "EUR")
	require.NoError(t, err)
	s.exec(t, oldIngredient)
	s.exec(t, oldCount)

	s.migrate(t)
	s.exec(t, oldCount)
	var read string
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), oldRead).Scan(&read))

	require.Equal(t, "Flour 1000", read)
	require.Equal(t, []string{"EUR Flour 1000 1000"}, s.stock(t))
}

func TestStockThatIsNowhereMakesALocation(t *testing.T) {
	t.Parallel()
	s := beforeLocationsOfStock(t)
	s.exec(t, oldIngredient)
	s.exec(t, oldCount)

	s.migrate(t)

	require.Equal(t, []string{"USD Flour 500 500"}, s.stock(t))
}

func TestIngredientsWithoutStockOrLocationWaitForOne(t *testing.T) {
	t.Parallel()
	s := beforeLocationsOfStock(t)
	s.exec(t, oldIngredient)

	s.migrate(t)
	require.Empty(t, s.stock(t))
	_, err := s.db.Pool.Exec(t.Context(), aLocation, "EUR")
	require.NoError(t, err)
	s.exec(t, oldCount)

	require.Equal(t, []string{"EUR Flour 500 500"}, s.stock(t))
}

// beforeLocationsOfStock is a database in which stock is the chain's.
func beforeLocationsOfStock(t *testing.T) *fixture {
	t.Helper()
	nothing := &fstest.MapFile{Data: []byte("-- expands: a test\n-- +goose Up\nSELECT 1;\n")}
	s := &fixture{pgtest.New(t, pgtest.WithMigrations(fstest.MapFS{"00001_nothing.sql": nothing}))}
	s.exec(t, `DROP TABLE public.goose_db_version`)
	require.NoError(t, postgres.MigrateTo(t.Context(), s.db.DSN, migrations.FS, 12, slog.New(slog.DiscardHandler)))
	return s
}

func (s *fixture) migrate(t *testing.T) {
	t.Helper()
	_, err := postgres.Migrate(t.Context(), s.db.DSN, migrations.FS, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
}

// stock lists the levels, with what the movements come to, by the currency of the location.
func (s *fixture) stock(t *testing.T) (levels []string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(concat_ws(' ', p.currency, g.name, l.on_hand, (
			SELECT coalesce(sum(m.on_hand), 0)
			FROM public.stock_movements AS m
			WHERE m.ingredient_id = g.id AND m.location_id = p.id
		)) ORDER BY p.currency)
		FROM public.stock_levels AS l
		JOIN public.ingredients AS g ON g.id = l.ingredient_id
		JOIN public.locations AS p ON p.id = l.location_id`).Scan(&levels))
	return levels
}
