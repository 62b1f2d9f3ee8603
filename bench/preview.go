package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
)

const previewQuery = `query Preview($in: QuoteOrderInput!) { previewOrder(input: $in) {
	totals { subtotal discount deliveryFee tax tip total } priceLines { kind label amount item basis } taxes { category rateBasisPoints net tax gross }
	coupons { code applied amount refusal } problems { code message item alternative }
} }`

// previews measures the processor time of a preview with 10 lines, which apps ask for at every tap.
func (b *bench) previews(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.histories[0])
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	asked, err := b.previewRequest(ctx, server.URL, database)
	if err != nil {
		return err
	}
	ask := func(d time.Duration) (float64, error) {
		return load.Ask(ctx, server.URL, 1, d, repeatRequest(asked), checkAnswer)
	}
	if _, err := ask(time.Second); err != nil { // connections, statements, plans
		return fmt.Errorf("warm up: %w", err)
	}
	var perSecond, ours, theirs figures.Series
	for range b.scale.rounds {
		before, err := b.spent(ctx, server, database)
		if err != nil {
			return err
		}
		began := time.Now()
		rate, err := ask(5 * time.Second)
		if err != nil {
			return fmt.Errorf("preview: %w", err)
		}
		n := rate * time.Since(began).Seconds()
		after, err := b.spent(ctx, server, database)
		if err != nil {
			return err
		}
		perSecond = append(perSecond, rate)
		ours, theirs = append(ours, milliseconds(after[0]-before[0])/n), append(theirs, milliseconds(after[1]-before[1])/n)
	}
	b.report.AtMost("previewOrder of 10 lines, processor time of the server", 2, ours.Median(), report.Milliseconds)
	b.report.AtMost("previewOrder of 10 lines, processor time of Postgres", 1, theirs.Median(), report.Milliseconds)
	b.report.Table("previewOrder of 10 lines, one after the other",
		[]string{"per second", "server, CPU ms", "Postgres, CPU ms"},
		[]string{figures.Text(perSecond.Median()), figures.Text(ours.Median()), figures.Text(theirs.Median())})
	return nil
}

// spent is the processor time that the server, and the database's sessions, have used so far.
func (b *bench) spent(ctx context.Context, server *testbed.Program, database string) (spent [2]time.Duration, err error) {
	if spent[0], err = server.CPU(); err != nil {
		return spent, err
	}
	err = b.testbed.Conn(ctx, database, func(conn *pgx.Conn) error {
		rows, _ := conn.Query(ctx, `SELECT a.pid FROM pg_catalog.pg_stat_activity AS a WHERE a.datname = $1 AND a.pid <> pg_catalog.pg_backend_pid()`, database)
		pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
		if err != nil {
			return err
		}
		for _, pid := range pids {
			used, err := testbed.CPU(pid)
			if err != nil {
				return err
			}
			spent[1] += used
		}
		return nil
	})
	return spent, err
}

// previewRequest asks for 10 dishes of the menu, each in its first size.
func (b *bench) previewRequest(ctx context.Context, url, database string) ([]byte, error) {
	var items []map[string]any
	err := b.testbed.Conn(ctx, database, func(conn *pgx.Conn) error {
		rows, _ := conn.Query(ctx, `
			SELECT m.id::text, min(p.size COLLATE "C")
			FROM public.menu_items AS m
			JOIN public.menu_item_prices AS p ON p.menu_item_id = m.id
			WHERE m.archived_at IS NULL
			GROUP BY m.id
			ORDER BY m.id
			LIMIT 10`)
		var id, size string
		_, err := pgx.ForEachRow(rows, []any{&id, &size}, func() error {
			items = append(items, map[string]any{"menuItemId": id, "size": size, "quantity": 2})
			return nil
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("choose dishes: %w", err)
	}
	body := request(previewQuery, map[string]any{"in": map[string]any{"items": items, "fulfillment": "DELIVERY", "couponCodes": []string{"NONE"}, "tip": 100}})
	return load.Post(url, "", body), nil
}
