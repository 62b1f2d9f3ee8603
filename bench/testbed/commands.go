package testbed

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

//go:embed commands.sql
var commandHelpersSQL string

// SQL expressions by which scripts get a new id, and the id of an order that can be started.
const (
	NewID     = "bench.new_id()"
	NextOrder = "bench.next_order()"
	ItsTicket = "bench.its_ticket()" // of that order
)

// FillQueue makes sure that the kitchen can start the given number of orders at least, and returns the ids of all that it
// can start. NextOrder begins with the first of them.
func (l *Testbed) FillQueue(ctx context.Context, database string, orders int) (ids []uuid.UUID, err error) {
	err = l.Conn(ctx, database, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, `SELECT bench.fill_queue($1)`, orders); err != nil {
			return err
		}
		rows, err := conn.Query(ctx, `SELECT q.id FROM bench.queue AS q ORDER BY q.n`)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("fill the queue with %d orders: %w", orders, err)
	}
	return ids, nil
}

// ChangeOrders changes the given number of the newest orders, which the next refresh has to move into the snapshots.
func (l *Testbed) ChangeOrders(ctx context.Context, database string, orders int) error {
	return l.Exec(ctx, database, `
		UPDATE public.orders AS o
		SET special_instructions = concat(o.special_instructions, 'Ring twice. ')
		WHERE o.id IN (SELECT h.id FROM public.orders AS h ORDER BY h.number DESC LIMIT $1)`, orders)
}

// StoreValues fills a table with the values from which a script of pgbench picks: n counts from 1, and v is a row of values.
func (l *Testbed) StoreValues(ctx context.Context, database, table string, values [][]string) error {
	return l.Conn(ctx, database, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, fmt.Sprintf(`DROP TABLE IF EXISTS %[1]s; CREATE TABLE %[1]s (n integer PRIMARY KEY, v text[] NOT NULL)`, table))
		for i, v := range values {
			if err == nil {
				_, err = conn.Exec(ctx, fmt.Sprintf(`INSERT INTO %s (n, v) VALUES ($1, $2)`, table), i+1, v)
			}
		}
		return err
	})
}

// HoldRefreshes keeps every other session from refreshing the models in use, until the session that runs it ends.
const HoldRefreshes = `
	SELECT pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended('readmodel:' || m.name || '_' || m.generation, 0))
	FROM readmodel.models AS m`

// Hold keeps every other session from refreshing until release is called. The cost of a refresh is measured apart.
func (l *Testbed) Hold(ctx context.Context, database string) (release func(), err error) {
	conn, err := pgx.Connect(ctx, l.DSN(database))
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", database, err)
	}
	release = func() { _ = conn.Close(context.WithoutCancel(ctx)) }
	if _, err = conn.Exec(ctx, HoldRefreshes); err != nil {
		release()
		return nil, fmt.Errorf("hold refreshes: %w", err)
	}
	return release, nil
}
