package orderview_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/pgtest"
)

// A list looks for an order of a final status under that outcome, and for any other among the open ones.
func TestTheDatabaseKnowsWhichStatesAreFinal(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "USD")
	_, err := db.Pool.Exec(t.Context(), `
		INSERT INTO public.customers (id, name, created_at) VALUES ('00000000-0000-4000-8000-000000000001', 'Anna', now());
		INSERT INTO public.orders
			(id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents, delivery_fee_cents,
			 tax_cents, tip_cents, total_cents, currency, placed_at)
		SELECT gen_random_uuid(), 1, s.status, 'PICKUP', '00000000-0000-4000-8000-000000000001', 'Anna', 0, 0, 0, 0, 0, 0, 'USD', now()
		FROM unnest('{PENDING,CONFIRMED,PREPARING,READY,OUT_FOR_DELIVERY,DELIVERED,PICKED_UP,CANCELLED,REJECTED}'::text[]) AS s (status)`)
	require.NoError(t, err)

	rows, err := db.Pool.Query(t.Context(), `SELECT o.status, o.outcome FROM public.order_view AS o`)
	require.NoError(t, err)
	defer rows.Close()

	seen := 0
	for rows.Next() {
		var status ordering.Status
		var outcome string
		require.NoError(t, rows.Scan(&status, &outcome))
		expected := "OPEN"
		if status.Final() {
			expected = string(status)
		}
		require.Equal(t, expected, outcome)
		seen++
	}
	require.NoError(t, rows.Err())
	require.Equal(t, 9, seen)
}
