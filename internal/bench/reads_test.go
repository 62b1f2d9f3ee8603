package bench_test

import (
	"context"
	"fmt"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/auth"
	"pizzeria/internal/bench"
	"pizzeria/internal/ordering/orderview"
)

// cook may see all orders.
var cook = auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCook}}

// reads times queries one after the other: right after a refresh, with as many new orders as the fresh level holds before
// the next one, and, the worst that can happen to a list, with its beginning in the snapshot replaced.
func (l *lab) reads(b *testing.B, database string) {
	pool := l.connect(b, database, 4)
	shop := open(b, pool)
	var some []uuid.UUID
	rows, err := pool.Query(b.Context(), `SELECT o.id FROM public.orders AS o ORDER BY random() LIMIT 1000`)
	require.NoError(b, err)
	for rows.Next() {
		var id uuid.UUID
		require.NoError(b, rows.Scan(&id))
		some = append(some, id)
	}
	require.NoError(b, rows.Err())

	one := func(ctx context.Context, i int) error {
		_, err := shop.Order.Handle(ctx, orderview.ByID{ID: some[i%len(some)], By: cook})
		return err
	}
	page := func(ctx context.Context, _ int) error {
		_, err := shop.Orders.Handle(ctx, orderview.Orders{First: 20, By: cook})
		return err
	}
	measure := func() (figures [2]float64) { return [2]float64{l.timed(b, one), l.timed(b, page)} }

	frozen := measure()
	l.exec(b, pool, newOrdersSQL)
	l.exec(b, pool, "VACUUM ANALYZE public.order_fresh")
	fresh := measure()
	l.exec(b, pool, newestChangeSQL)
	l.exec(b, pool, "VACUUM ANALYZE public.order_fresh")
	changed := measure()

	table := tabwriter.NewWriter(l.out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\nReads in microseconds, medians, one at a time, of 100,000 orders\n")
	fmt.Fprint(table, "\tnothing fresh\t10,000 new\tnewest 10,000 changed too\t\n")
	for i, name := range []string{"one order", "page of 20"} {
		fmt.Fprintf(table, "%s\t%.0f\t%.0f\t%.0f\t\n", name, frozen[i], fresh[i], changed[i])
	}
	require.NoError(b, table.Flush())
	b.ReportMetric(fresh[0], "us/order")
	b.ReportMetric(fresh[1], "us/page")
	b.ReportMetric(0, "ns/op")
}

// timed returns the median time of a query in microseconds.
func (l *lab) timed(b *testing.B, query func(ctx context.Context, i int) error) float64 {
	var took bench.Series
	for i, began := 0, time.Now(); time.Since(began) < 2*time.Second; i++ {
		start := time.Now()
		require.NoError(b, query(b.Context(), i))
		took = append(took, micros(time.Since(start)))
	}
	return took.Median()
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// newOrdersSQL places 10,000 orders at once, like the last ones there were.
const newOrdersSQL = `
CREATE TEMPORARY TABLE again AS
SELECT o.id AS old_id, gen_random_uuid() AS id, now() - o.number % 10000 * interval '1 second' AS at
FROM public.orders AS o
ORDER BY o.number DESC LIMIT 10000;

INSERT INTO public.orders (
    id, version, status, fulfillment, customer_id, customer_name, street, city, postal_code,
    subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at
)
SELECT
    a.id, 1, 'PENDING', o.fulfillment, o.customer_id, o.customer_name, o.street, o.city, o.postal_code,
    o.subtotal_cents, o.discount_cents, o.delivery_fee_cents, o.tax_cents, o.tip_cents, o.total_cents, o.currency, a.at
FROM again AS a JOIN public.orders AS o ON o.id = a.old_id;

INSERT INTO public.order_items (
    order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
)
SELECT a.id, i.line, gen_random_uuid(), i.menu_item_id, i.name, i.category, i.size, i.quantity, i.unit_price_cents, i.total_cents
FROM again AS a JOIN public.order_items AS i ON i.order_id = a.old_id;

INSERT INTO public.order_events (order_id, version, type, to_status, payload, actor, at)
SELECT a.id, 1, 'PLACED', 'PENDING', '{"payment": {"status": "PENDING", "refunded": 0}}', 'CUSTOMER', a.at
FROM again AS a;
`

// newestChangeSQL changes the newest 10,000 orders of the snapshot.
const newestChangeSQL = `
UPDATE public.orders AS o SET special_instructions = 'fresh'
WHERE o.id IN (SELECT s.id FROM public.order_snapshot AS s ORDER BY s.placed_at DESC, s.id DESC LIMIT 10000)`
