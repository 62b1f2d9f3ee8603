package main

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/bench/figures"
	"pizzeria/bench/lab"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/auth"
)

// readOrders is how many orders are asked for, at random.
const readOrders = 5_000

// questions are the requests of the reads, ready to be sent to one program.
type questions struct {
	order      func(id uuid.UUID) []byte
	page, menu []byte
}

// reads measures queries against the raw limit, on connections that are kept, 16 of them.
func (b *bench) reads(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.read())
	if err != nil {
		return err
	}
	server, err := b.lab.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopped(server, &err)
	raw, err := b.lab.ServeRawLimit(ctx, b.rawLimit, database)
	if err != nil {
		return err
	}
	defer stopped(raw, &err)
	cook, err := b.lab.Sessions(ctx, database, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	ids, err := b.someOrders(ctx, database)
	if err != nil {
		return err
	}
	return b.compareReads(ctx, database, ids, side{server, cook[0]}, side{raw, ""})
}

// someOrders picks orders, whatever their age.
func (b *bench) someOrders(ctx context.Context, database string) (ids []uuid.UUID, err error) {
	err = b.lab.Conn(ctx, database, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `SELECT o.id FROM public.orders AS o ORDER BY random() LIMIT $1`, readOrders)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	return ids, err
}

// side is one of the programs that are compared, and the session that asks it.
type side struct {
	program *lab.Program
	token   string
}

func (s side) server() questions {
	post := func(body []byte) []byte { return load.Post(s.program.URL, s.token, body) }
	return questions{
		order: func(id uuid.UUID) []byte { return post(orderRequest(id)) }, page: post(request(pageQuery, nil)), menu: post(request(menuQuery, nil)),
	}
}

// raw sends the same bodies: they are part of what GraphQL costs a client, and not a server.
func (s side) raw() questions {
	post := func(path string, body []byte) []byte { return load.Post(s.program.URL+path, s.token, body) }
	return questions{
		order: func(id uuid.UUID) []byte { return post("/order", orderRequest(id)) },
		page:  post("/page/"+pageField, request(pageQuery, nil)), menu: post("/menu", request(menuQuery, nil)),
	}
}

// read is one query, with the requests for both sides.
type read struct {
	name       string
	least      float64 // of the raw limit
	toUs, toIt func() []byte
}

func (b *bench) compareReads(ctx context.Context, database string, ids []uuid.UUID, ours, limit side) error {
	ask, askRaw := ours.server(), limit.raw()
	if err := b.storeAnswers(ctx, database, ours.program.URL, ask, ids); err != nil {
		return fmt.Errorf("store the answers: %w", err)
	}
	rows := [][]string{{"operation", "bytes", "raw limit /s", "ours /s", "of the raw limit"}}
	for _, r := range []read{
		{"one order in full", 0.8, anyOf(ids, ask.order), anyOf(ids, askRaw.order)},
		{"a page of 20 orders", 0.75, always(ask.page), always(askRaw.page)},
		{"the menu", 0.8, always(ask.menu), always(askRaw.menu)},
	} {
		row, err := b.compareRead(ctx, r, ours, limit)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		rows = append(rows, row)
	}
	b.report.Table(fmt.Sprintf("Reads of %s orders, %d connections", figures.Text(float64(b.scale.read())), connections), rows...)
	return nil
}

func (b *bench) compareRead(ctx context.Context, r read, ours, limit side) ([]string, error) {
	size, err := b.sameAnswers(ctx, r, ours, limit)
	if err != nil {
		return nil, err
	}
	us := &variant{name: "server", measure: b.asking(ours, r.toUs)}
	it := &variant{name: "raw limit", measure: b.asking(limit, r.toIt)}
	if err := takeTurns(ctx, b.scale.rounds, us, it); err != nil {
		return nil, err
	}
	share := figures.Ratio(us.rates, it.rates)
	b.report.AtLeast(r.name+", of its raw limit", r.least, share, report.Share)
	return []string{
		r.name, figures.Text(float64(size)), figures.Text(it.rates.Median()), figures.Text(us.rates.Median()), fmt.Sprintf("%.2f", share),
	}, nil
}

func (b *bench) asking(whom side, next func() []byte) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		return load.Ask(ctx, whom.program.URL, connections, b.scale.round, next, answered)
	}
}

// sameAnswers fails unless both sides answer with the same bytes, and returns how many: a limit that sends less would be
// none.
func (b *bench) sameAnswers(ctx context.Context, r read, ours, limit side) (int, error) {
	us, err := load.Dial(ctx, ours.program.URL)
	if err != nil {
		return 0, err
	}
	defer us.Close()
	it, err := load.Dial(ctx, limit.program.URL)
	if err != nil {
		return 0, err
	}
	defer it.Close()
	said, err := us.Do(r.toUs())
	if err != nil {
		return 0, err
	}
	expected, err := it.Do(r.toIt())
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(said, expected) {
		return 0, fmt.Errorf("the raw limit answers %.1000s\nand the server %.1000s", expected, said)
	}
	return len(said), nil
}

func always(request []byte) func() []byte { return func() []byte { return request } }

// anyOf makes the requests beforehand. The first is that of the first order, whoever asks.
func anyOf(ids []uuid.UUID, request func(uuid.UUID) []byte) func() []byte {
	all := make([][]byte, len(ids))
	for i, id := range ids {
		all[i] = request(id)
	}
	var asked atomic.Uint64
	return func() []byte { return all[(asked.Add(1)-1)*stride%uint64(len(all))] }
}

// stride walks the orders in no order that a cache would like.
const stride = 2_654_435_761
