package readmodel_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

// execer is a pool, a connection or a transaction.
type execer interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// run executes the statements, and fails the test if one of them fails.
func run(t *testing.T, db execer, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		_, err := db.Exec(t.Context(), statement)
		require.NoError(t, err, statement)
	}
}

// Ids are numbers written as uuids, a range for each table.
const shop = `
INSERT INTO public.customers (id, name, phone, created_at)
SELECT test.id('c', n), 'Customer ' || n, '555', now() FROM generate_series(1, 5) AS n;

INSERT INTO public.ingredients (id, name, low_threshold, created_at)
SELECT test.id('a', n), 'Ingredient ' || n, 5, now() FROM generate_series(1, 5) AS n;

UPDATE public.stock_levels SET on_hand = 20;

INSERT INTO public.menu_items
    (id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
SELECT test.id('b', n), 'Item ' || n, '', CASE WHEN n % 4 = 0 THEN 'Drink' ELSE 'Pizza' END, '{milk}', true, 10, 1, now(), now()
FROM generate_series(1, 8) AS n;

INSERT INTO public.menu_item_prices (menu_item_id, size, price_cents)
SELECT test.id('b', n), s, 900 + n FROM generate_series(1, 8) AS n, unnest(ARRAY['MEDIUM', 'LARGE']) AS s;

INSERT INTO public.recipes (menu_item_id, ingredient_id, quantity)
SELECT test.id('b', n), test.id('a', 1 + (n + k) % 5), 1 + k FROM generate_series(1, 8) AS n, generate_series(0, 2) AS k;
`

// factories make ids and whole orders: two lines, a payment and an event, with totals that add up.
const factories = `
CREATE SCHEMA test;

CREATE FUNCTION test.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(kind, 8, '0') || '-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid
$$;

CREATE FUNCTION test.order(n bigint, customer bigint, state text, at timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO public.orders
        (id, number, version, status, fulfillment, customer_id, customer_name, street, city, postal_code, subtotal_cents,
         discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at)
    VALUES (test.id('d', n), n, 1, state, 'DELIVERY', test.id('c', customer), 'Mario', 'Street 1', 'City', '12345',
            2000 + n % 100, 0, 300, 200, 0, 2500 + n % 100, 'USD', at);
    INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents)
    SELECT test.id('d', n), l, gen_random_uuid(), m.id, m.name, m.category, 'MEDIUM', 1, 1000, 1000
    FROM generate_series(1, 2) AS l JOIN public.menu_items AS m ON m.id = test.id('b', 1 + (n + 3 * l) % 8);
    INSERT INTO public.payments (id, order_id, method, status, amount_cents)
    VALUES (gen_random_uuid(), test.id('d', n), 'CARD', 'PENDING', 2500 + n % 100);
    INSERT INTO public.events (at, stream, stream_id, version, type, to_state, payload, actor_role)
    VALUES (at, 'ORDER', test.id('d', n), 1, 'PLACED', state, '{}', 'CUSTOMER');
$$;
`
