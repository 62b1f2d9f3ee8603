package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
)

// systems are the server, plain gqlgen and the raw limit.
type systems struct{ server, plain, limit system }

// read is one query, with the requests for each system.
type read struct {
	name                       string
	least, times               float64 // of the raw limit, of plain gqlgen
	toServer, toPlain, toLimit func() []byte
}

func (b *bench) compareReads(ctx context.Context, database string, ids []uuid.UUID, all systems) error {
	server, plain, raw := all.server.requests(), all.plain.requests(), all.limit.rawRequests()
	if err := b.storeAnswers(ctx, database, all.server.program.URL, server, ids); err != nil {
		return fmt.Errorf("store the answers: %w", err)
	}
	rows := [][]string{{"operation", "bytes", "raw limit /s", "ours /s", "plain gqlgen /s", "ours/raw limit", "ours/plain gqlgen"}}
	for _, r := range []read{
		{"one order in full", 0.8, 0, cycleRequests(ids, server.order), cycleRequests(ids, plain.order), cycleRequests(ids, raw.order)},
		{"a page of 20 orders in full", 0.75, 3.5, repeatRequest(server.page), repeatRequest(plain.page), repeatRequest(raw.page)},
		{"a list of 20 orders, of columns", 0.65, 0, repeatRequest(server.list), repeatRequest(plain.list), repeatRequest(raw.list)},
		{"the menu", 0.8, 0, repeatRequest(server.menu), repeatRequest(plain.menu), repeatRequest(raw.menu)},
	} {
		row, err := b.compareRead(ctx, r, all)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		rows = append(rows, row)
	}
	b.report.Table(fmt.Sprintf("Reads of %s orders, %d connections", figures.Text(float64(b.scale.read())), connections), rows...)
	return nil
}

func (b *bench) compareRead(ctx context.Context, r read, all systems) ([]string, error) {
	size, err := sameAnswers(ctx, r, all)
	if err != nil {
		return nil, err
	}
	server := &variant{name: "server", measure: b.requestRate(all.server, r.toServer)}
	plain := &variant{name: "plain gqlgen", measure: b.requestRate(all.plain, r.toPlain)}
	limit := &variant{name: "raw limit", measure: b.requestRate(all.limit, r.toLimit)}
	if err := takeTurns(ctx, b.scale.rounds, server, plain, limit); err != nil {
		return nil, err
	}
	share, times := figures.Ratio(server.rates, limit.rates), figures.Ratio(server.rates, plain.rates)
	b.report.AtLeast(r.name+", of its raw limit", r.least, share, report.Share)
	if r.times > 0 {
		b.report.AtLeast(r.name+", of plain gqlgen", r.times, times, report.Times)
	}
	return []string{
		r.name, figures.Text(float64(size)), figures.Text(limit.rates.Median()), figures.Text(server.rates.Median()),
		figures.Text(plain.rates.Median()), fmt.Sprintf("%.2f", share), fmt.Sprintf("%.2f", times),
	}, nil
}

func (b *bench) requestRate(s system, next func() []byte) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		return load.Ask(ctx, s.program.URL, connections, b.scale.round, next, checkAnswer)
	}
}

// sameAnswers fails unless all systems answer with the same bytes, and returns their number: a raw limit that sends less
// than the server would be no limit.
func sameAnswers(ctx context.Context, r read, all systems) (int, error) {
	var bodies [3][]byte
	for i, ask := range []struct {
		system
		request []byte
	}{{all.server, r.toServer()}, {all.plain, r.toPlain()}, {all.limit, r.toLimit()}} {
		client, err := load.Dial(ctx, ask.program.URL)
		if err != nil {
			return 0, err
		}
		body, err := client.Do(ask.request)
		client.Close()
		if err != nil {
			return 0, err
		}
		bodies[i] = bytes.Clone(body)
	}
	if !bytes.Equal(bodies[0], bodies[1]) || !bytes.Equal(bodies[0], bodies[2]) {
		return 0, fmt.Errorf("the server answers %.1000s\nplain gqlgen %.1000s\nand the raw limit %.1000s", bodies[0], bodies[1], bodies[2])
	}
	return len(bodies[0]), nil
}
