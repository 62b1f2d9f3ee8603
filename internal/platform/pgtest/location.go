package pgtest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
)

// AddLocation adds a location without taxes, fees and limits, whose days are those of UTC, and makes it the one of orders that are
// inserted without naming any.
func (d *Database) AddLocation(t testing.TB, currency string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := d.Pool.Exec(t.Context(), `
		INSERT INTO public.locations (
			id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee,
			open_orders_limit, open_portions_limit, new_customer_cash_orders_limit, version, created_at, updated_at
		)
		VALUES ($1, 'Test', $2, 'Via Roma 1', 'Napoli', '80100', 'UTC', 0, $3, false, 0, NULL, NULL, NULL, 1, now(), now())`, id, "test-"+id.String()[:8], currency)
	require.NoError(t, err)
	_, err = d.Pool.Exec(t.Context(), fmt.Sprintf(`ALTER TABLE public.orders ALTER COLUMN location_id SET DEFAULT '%s'`, id))
	require.NoError(t, err)
	return id
}

const withoutOrderLimits = `
	UPDATE public.locations
	SET open_orders_limit = NULL, open_portions_limit = NULL, new_customer_cash_orders_limit = NULL`

// LiftOrderLimits lets one customer have as many orders open, at the locations that are there, as a test needs.
func LiftOrderLimits(t testing.TB, pool *pgxpool.Pool) {
	t.Helper()
	_, err := pool.Exec(t.Context(), withoutOrderLimits)
	require.NoError(t, err)
}

// PrepareWithoutOrderLimits is LiftOrderLimits for what Prepare does.
func PrepareWithoutOrderLimits(ctx context.Context, dsn string) error {
	return administer(ctx, dsn, withoutOrderLimits)
}
