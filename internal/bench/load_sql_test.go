package bench_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// sqlLoad is the two transactions as plain SQL, statement by statement: an order with two lines, payment and event;
// then its confirmation. Nothing else takes time, and no stock is moved, whose rows writers would queue for: what a
// read model costs shows most.
var sqlLoad = load{name: "sql", clients: func(b *testing.B, l *lab, database string) []client {
	b.Helper()
	var all []client
	for i := range clients {
		conn, err := pgx.Connect(b.Context(), l.dsn(database))
		require.NoError(b, err)
		b.Cleanup(func() { _ = conn.Close(context.Background()) })
		c := &sqlClient{conn: conn, next: i}
		c.customers = ids(b, conn, `SELECT c.id FROM public.customers AS c ORDER BY c.id`)
		c.dishes = ids(b, conn, `SELECT m.id FROM public.menu_items AS m ORDER BY m.id`)
		all = append(all, c)
	}
	return all
}}

func ids(b *testing.B, conn *pgx.Conn, query string) []uuid.UUID {
	b.Helper()
	rows, err := conn.Query(b.Context(), query)
	require.NoError(b, err)
	found, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	require.NoError(b, err)
	all := make([]uuid.UUID, len(found))
	for i, id := range found {
		all[i] = id
	}
	return all
}

type sqlClient struct {
	conn              *pgx.Conn
	customers, dishes []uuid.UUID
	next              int
	order             uuid.UUID
}

func (c *sqlClient) place(ctx context.Context) error {
	c.next += clients
	c.order = uuid.Must(uuid.NewV7())
	at := time.Now()
	return pgx.BeginFunc(ctx, c.conn, func(tx pgx.Tx) error {
		return inTurn(ctx, tx,
			statement(`
				INSERT INTO public.orders (id, version, status, fulfillment, customer_id, customer_name, street, city, postal_code,
					subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at)
				VALUES ($1, 1, 'PENDING', 'DELIVERY', $2, 'Carla', '1 Via Roma', 'Springfield', '12345',
					2970, 0, 350, 238, 0, 3558, 'USD', $3)`, c.order, c.customers[c.next%len(c.customers)], at),
			statement(`
				INSERT INTO public.order_items
					(order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents)
				VALUES ($1, 1, $2, $3, 'Margherita', 'Pizza', 'MEDIUM', 2, 990, 1980),
					($1, 2, $4, $5, 'Marinara', 'Pizza', 'MEDIUM', 1, 990, 990)`,
				c.order, uuid.New(), c.dishes[c.next%len(c.dishes)], uuid.New(), c.dishes[(c.next+3)%len(c.dishes)]),
			statement(`
				INSERT INTO public.payments (id, order_id, method, status, amount_cents)
				VALUES ($1, $2, 'CARD', 'PENDING', 3558)`, uuid.Must(uuid.NewV7()), c.order),
			statement(`
				INSERT INTO public.order_events (order_id, version, type, to_status, payload, actor, at)
				VALUES ($1, 1, 'PLACED', 'PENDING', '{"payment": {"status": "PENDING", "refunded": 0}}', 'CUSTOMER', $2)`,
				c.order, at),
		)
	})
}

func (c *sqlClient) move(ctx context.Context) error {
	return pgx.BeginFunc(ctx, c.conn, func(tx pgx.Tx) error {
		return inTurn(ctx, tx,
			statement(`SELECT o.status, o.version FROM public.orders AS o WHERE o.id = $1 FOR NO KEY UPDATE`, c.order),
			statement(`UPDATE public.orders AS o SET status = 'CONFIRMED', version = 2 WHERE o.id = $1`, c.order),
			statement(`
				INSERT INTO public.order_events (order_id, version, type, from_status, to_status, payload, actor, at)
				VALUES ($1, 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', '{"payment": {"status": "AUTHORIZED", "refunded": 0}}', 'SYSTEM', $2)`,
				c.order, time.Now()),
		)
	})
}

type bound struct {
	sql  string
	args []any
}

func statement(sql string, args ...any) bound { return bound{sql, args} }

// inTurn waits for each statement's answer before it sends the next, as a program does that looks at it.
func inTurn(ctx context.Context, tx pgx.Tx, all ...bound) error {
	for _, s := range all {
		if _, err := tx.Exec(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}
