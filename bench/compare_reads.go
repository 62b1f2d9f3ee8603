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

// sides are the server, plain gqlgen and the raw limit.
type sides struct{ us, plain, limit side }

// read is one query, with the requests for each side.
type read struct {
	name                   string
	least, times           float64 // of the raw limit, of plain gqlgen
	toUs, toPlain, toLimit func() []byte
}

func (b *bench) compareReads(ctx context.Context, database string, ids []uuid.UUID, all sides) error {
	ask, plain, raw := all.us.server(), all.plain.server(), all.limit.raw()
	if err := b.storeAnswers(ctx, database, all.us.program.URL, ask, ids); err != nil {
		return fmt.Errorf("store the answers: %w", err)
	}
	rows := [][]string{{"operation", "bytes", "raw limit /s", "ours /s", "plain gqlgen /s", "ours/raw limit", "ours/plain gqlgen"}}
	for _, r := range []read{
		{"one order in full", 0.8, 0, anyOf(ids, ask.order), anyOf(ids, plain.order), anyOf(ids, raw.order)},
		{"a page of 20 orders in full", 0.75, 3.5, always(ask.page), always(plain.page), always(raw.page)},
		{"a list of 20 orders, of columns", 0.65, 0, always(ask.list), always(plain.list), always(raw.list)},
		{"the menu", 0.8, 0, always(ask.menu), always(plain.menu), always(raw.menu)},
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

func (b *bench) compareRead(ctx context.Context, r read, all sides) ([]string, error) {
	size, err := sameAnswers(ctx, r, all)
	if err != nil {
		return nil, err
	}
	us := &variant{name: "server", measure: b.asking(all.us, r.toUs)}
	plain := &variant{name: "plain gqlgen", measure: b.asking(all.plain, r.toPlain)}
	limit := &variant{name: "raw limit", measure: b.asking(all.limit, r.toLimit)}
	if err := takeTurns(ctx, b.scale.rounds, us, plain, limit); err != nil {
		return nil, err
	}
	share, times := figures.Ratio(us.rates, limit.rates), figures.Ratio(us.rates, plain.rates)
	b.report.AtLeast(r.name+", of its raw limit", r.least, share, report.Share)
	if r.times > 0 {
		b.report.AtLeast(r.name+", of plain gqlgen", r.times, times, report.Times)
	}
	return []string{
		r.name, figures.Text(float64(size)), figures.Text(limit.rates.Median()), figures.Text(us.rates.Median()),
		figures.Text(plain.rates.Median()), fmt.Sprintf("%.2f", share), fmt.Sprintf("%.2f", times),
	}, nil
}

func (b *bench) asking(whom side, next func() []byte) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		return load.Ask(ctx, whom.program.URL, connections, b.scale.round, next, answered)
	}
}

// sameAnswers fails unless all sides answer with the same bytes, and returns how many: a limit that sends less would be
// none.
func sameAnswers(ctx context.Context, r read, all sides) (int, error) {
	var said [3][]byte
	for i, ask := range []struct {
		side
		request []byte
	}{{all.us, r.toUs()}, {all.plain, r.toPlain()}, {all.limit, r.toLimit()}} {
		client, err := load.Dial(ctx, ask.program.URL)
		if err != nil {
			return 0, err
		}
		body, err := client.Do(ask.request)
		client.Close()
		if err != nil {
			return 0, err
		}
		said[i] = bytes.Clone(body)
	}
	if !bytes.Equal(said[0], said[1]) || !bytes.Equal(said[0], said[2]) {
		return 0, fmt.Errorf("the server answers %.1000s\nplain gqlgen %.1000s\nand the raw limit %.1000s", said[0], said[1], said[2])
	}
	return len(said[0]), nil
}
