package orderstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/pgtest"
)

// The kitchen is thousands of orders behind; a history of finished ones lies before them.
const backlog = `
	ALTER TABLE public.orders DISABLE TRIGGER USER;
	INSERT INTO public.customers (id, name, created_at) VALUES ('00000000-0000-4000-8000-000000000001', 'Anna', now());
	INSERT INTO public.orders
		(id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents, delivery_fee_cents,
		 tax_cents, tip_cents, total_cents, currency, placed_at, baking)
	SELECT gen_random_uuid(), 1, CASE WHEN n <= 10000 THEN 'DELIVERED' ELSE 'CONFIRMED' END, 'PICKUP',
		'00000000-0000-4000-8000-000000000001', 'Anna', 0, 0, 0, 0, 0, 0, 'USD', now() + n * interval '1 second', '[[1780000000, 1]]'
	FROM generate_series(1, 15000) AS n;
	ANALYZE public.orders`

func TestTheQueueIsCountedWithoutTheHistory(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	at := db.AddLocation(t, "USD")
	_, err := db.Pool.Exec(t.Context(), backlog)
	require.NoError(t, err)
	tx := db.Gorm.Begin()
	defer tx.Rollback()

	place, err := orderstore.New(tx).Place(t.Context(), ordering.Destination{LocationID: &at, Fulfillment: ordering.Pickup})

	require.NoError(t, err)
	require.Len(t, place.Promised, 200)
	var read int
	require.NoError(t, tx.Raw(`
		SELECT s.seq_tup_read + s.idx_tup_fetch
		FROM pg_catalog.pg_stat_xact_user_tables AS s
		WHERE s.relid = 'public.orders'::regclass`).Scan(&read).Error)
	require.LessOrEqual(t, read, 200)
}
