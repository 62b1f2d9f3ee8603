package lab

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

//go:embed commands.sql
var commandHelpersSQL string

// What scripts call to get an id of what they make, and of an order that can be started.
const (
	NewID     = "bench.new_id()"
	NextOrder = "bench.next_order()"
)

// FillQueue sees to it that there are so many orders, at least, that the kitchen can start, and returns all that there
// are. NextOrder begins with the first of them.
func (l *Lab) FillQueue(ctx context.Context, database string, orders int) (ids []uuid.UUID, err error) {
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

// ChangeOrders changes so many of the newest orders, which a refresh will have to find.
func (l *Lab) ChangeOrders(ctx context.Context, database string, orders int) error {
	return l.Exec(ctx, database, `
		UPDATE public.orders AS o
		SET special_instructions = concat(o.special_instructions, 'Ring twice. ')
		WHERE o.id IN (SELECT h.id FROM public.orders AS h ORDER BY h.number DESC LIMIT $1)`, orders)
}

// StoreValues fills a table with what a script of pgbench picks from: n from 1, and v.
func (l *Lab) StoreValues(ctx context.Context, database, table string, values [][]string) error {
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

// HoldRefreshes keeps every other session from refreshing the models that are in use, as long as the one that runs it lasts.
const HoldRefreshes = `
	SELECT pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended('readmodel:' || m.name || '_' || m.generation, 0))
	FROM readmodel.models AS m`

// Hold keeps everybody from refreshing until release is called. What a refresh costs is measured apart.
func (l *Lab) Hold(ctx context.Context, database string) (release func(), err error) {
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
