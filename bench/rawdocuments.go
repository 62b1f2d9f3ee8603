package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/bench/load"
)

// rawSchema holds what the raw limit passes through. Documents are json: stored as text. Those of orders are as many as
// the shop has, and as far apart: a table of only what is asked for would stay in the cache, as the shop's can't.
const rawSchema = `
	CREATE SCHEMA raw_limit;
	CREATE TEMPORARY TABLE answers (id uuid PRIMARY KEY, document json NOT NULL);
	CREATE TABLE raw_limit.orders (id uuid PRIMARY KEY, document json NOT NULL) WITH (toast_tuple_target = 8160);
	CREATE TABLE raw_limit.page (id uuid PRIMARY KEY, placed_at timestamptz NOT NULL, document json NOT NULL);
	CREATE INDEX page_idx ON raw_limit.page (placed_at DESC, id DESC);
	CREATE TABLE raw_limit.list (LIKE raw_limit.page INCLUDING ALL);
	CREATE TABLE raw_limit.menu (document json NOT NULL);`

// storeAnswers stores the server's own answers where the raw limit reads them: those for some orders, the page, the list
// and the menu.
func (b *bench) storeAnswers(ctx context.Context, database, url string, requests readRequests, ids []uuid.UUID) error {
	server, err := load.Dial(ctx, url)
	if err != nil {
		return err
	}
	defer server.Close()
	batch := &pgx.Batch{}
	for _, id := range ids {
		var data struct{ Order json.RawMessage }
		if err := requestData(server, requests.order(id), &data); err != nil {
			return err
		}
		batch.Queue(`INSERT INTO answers (id, document) VALUES ($1, $2)`, id, data.Order)
	}
	batch.Queue(`
		INSERT INTO raw_limit.orders (id, document)
		SELECT o.id, coalesce(a.document, o.document)
		FROM public.order_view AS o
		LEFT JOIN answers AS a ON a.id = o.id
		ORDER BY o.placed_at`)
	for table, question := range map[string][]byte{"page": requests.page, "list": requests.list} {
		if err := storeList(server, batch, table, question); err != nil {
			return fmt.Errorf("read the orders of the %s: %w", table, err)
		}
	}
	menu, err := server.Do(requests.menu)
	if err != nil {
		return err
	}
	return b.testbed.Conn(ctx, database, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, rawSchema); err != nil {
			return err
		}
		batch.Queue(`INSERT INTO raw_limit.menu (document) VALUES ($1)`, menu)
		if err := conn.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		_, err := conn.Exec(ctx, `VACUUM ANALYZE raw_limit.orders, raw_limit.page, raw_limit.list, raw_limit.menu`)
		return err
	})
}

// storeList stores the orders of a list, each as it was answered.
func storeList(server *load.Client, batch *pgx.Batch, table string, question []byte) error {
	var data struct {
		Orders struct{ Nodes []json.RawMessage }
	}
	if err := requestData(server, question, &data); err != nil {
		return err
	}
	for _, document := range data.Orders.Nodes {
		var node struct {
			ID       uuid.UUID
			PlacedAt string
		}
		if err := json.Unmarshal(document, &node); err != nil {
			return fmt.Errorf("read an order: %w", err)
		}
		batch.Queue(`
			INSERT INTO raw_limit.`+table+` (id, placed_at, document)
			VALUES ($1, $2::text::timestamptz, $3)`, node.ID, node.PlacedAt, document)
	}
	return nil
}

// requestData sends a request and reads the data of its answer.
func requestData(client *load.Client, request []byte, data any) error {
	body, err := client.Do(request)
	if err != nil {
		return err
	}
	if err := checkAnswer(body); err != nil {
		return err
	}
	if err := json.Unmarshal(body, &struct{ Data any }{data}); err != nil {
		return fmt.Errorf("read answer %.500s: %w", body, err)
	}
	return nil
}
