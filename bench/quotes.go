package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
)

const quoteMutation = `mutation Quote($input: QuoteOrderInput!) {
	quoteOrder(input: $input) { quote { id expiresAt totals { total } problems { code message } } userErrors { code message } }
}`

// step is what each client does over and over, and what it costs.
type step struct {
	variant
	server, postgres figures.Series // processor time of one, in ms
}

// quotes measures orders that are quoted first against orders that are placed at once, by as many clients.
func (b *bench) quotes(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.histories[0])
	if err != nil {
		return err
	}
	sampleOrders, _, err := b.record(ctx, database)
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	clients, err := load.DialAll(ctx, server.URL, connections)
	if err != nil {
		return err
	}
	defer clients.Close()
	q := &quoting{b, server.URL, sampleOrders, clients}
	place := b.step(server, database, "placeOrder", q.place)
	quote := b.step(server, database, "quoteOrder", func(ctx context.Context, worker int) error {
		_, err := q.quote(ctx, worker)
		return err
	})
	both := b.step(server, database, "quoteOrder, and placeOrder by it", q.quoteAndPlace)
	if err := takeTurns(ctx, b.scale.rounds, &place.variant, &quote.variant, &both.variant); err != nil {
		return err
	}
	b.report.AtLeast("orders by quote, of orders placed at once", 0.5, figures.Ratio(both.rates, place.rates), report.Share)
	rows := [][]string{{"", "per second", "server, CPU ms", "Postgres, CPU ms"}}
	for _, s := range []*step{place, quote, both} {
		rows = append(rows, []string{s.name, figures.Text(s.rates.Median()), figures.Text(s.server.Median()), figures.Text(s.postgres.Median())})
	}
	b.report.Table(fmt.Sprintf("Quotes, %d connections", connections), rows...)
	return nil
}

// step measures what all clients do over and over.
func (b *bench) step(server *testbed.Program, database, name string, do func(ctx context.Context, worker int) error) *step {
	s := &step{variant: variant{name: name}}
	s.measure = func(ctx context.Context) (float64, error) {
		before, err := b.spent(ctx, server, database)
		if err != nil {
			return 0, err
		}
		began := time.Now()
		rate, err := load.Closed(ctx, connections, b.scale.commands, func(ctx context.Context, worker int) (bool, error) {
			return true, do(ctx, worker)
		})
		if err != nil {
			return 0, err
		}
		n := rate * time.Since(began).Seconds()
		after, err := b.spent(ctx, server, database)
		s.server = append(s.server, milliseconds(after[0]-before[0])/n)
		s.postgres = append(s.postgres, milliseconds(after[1]-before[1])/n)
		return rate, err
	}
	return s
}

// quoting is what its clients are, each a customer with a connection.
type quoting struct {
	bench        *bench
	url          string
	sampleOrders []sampleOrder
	clients      load.Clients
}

func (q *quoting) place(ctx context.Context, worker int) error {
	body := q.sampleOrders[worker].body(uuid.NewString())
	return q.clients[worker].Ask(ctx, load.Post(q.url, q.sampleOrders[worker].token, body), q.bench.checkCommand)
}

// quote returns the id of what is held now.
func (q *quoting) quote(ctx context.Context, worker int) (id uuid.UUID, err error) {
	asked := load.Post(q.url, q.sampleOrders[worker].token, request(quoteMutation, map[string]any{"input": q.sampleOrders[worker].input()}))
	return id, q.clients[worker].Ask(ctx, asked, func(body []byte) error {
		if err := q.bench.checkCommand(body); err != nil {
			return err
		}
		var answer struct {
			Data struct {
				QuoteOrder struct {
					Quote struct {
						ID       uuid.UUID
						Problems []json.RawMessage
					}
				}
			}
		}
		if err := json.Unmarshal(body, &answer); err != nil || len(answer.Data.QuoteOrder.Quote.Problems) > 0 {
			return fmt.Errorf("nothing is held: %.500s: %w", body, err)
		}
		id = answer.Data.QuoteOrder.Quote.ID
		return nil
	})
}

func (q *quoting) quoteAndPlace(ctx context.Context, worker int) error {
	id, err := q.quote(ctx, worker)
	if err != nil {
		return err
	}
	body := request(placeMutation, map[string]any{"input": map[string]any{"idempotencyKey": uuid.NewString(), "quoteId": id, "paymentMethod": "CASH"}})
	return q.clients[worker].Ask(ctx, load.Post(q.url, q.sampleOrders[worker].token, body), q.bench.checkCommand)
}
