package main

import (
	"context"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/bench/lab"
	"pizzeria/bench/load"
	"pizzeria/internal/platform/auth"
)

// readOrders is how many orders are asked for, at random.
const readOrders = 5_000

// questions are the requests of the reads, ready to be sent to one program.
type questions struct {
	order            func(id uuid.UUID) []byte
	page, list, menu []byte
}

// reads measures queries against the raw limit and against plain gqlgen, on connections that are kept, 16 of them.
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
	plain, err := b.lab.ServeBeside(ctx, b.plain, "GraphQL", database)
	if err != nil {
		return err
	}
	defer stopped(plain, &err)
	raw, err := b.lab.ServeBeside(ctx, b.rawLimit, "raw limit", database)
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
	if err := b.compareReads(ctx, database, ids, sides{side{server, cook[0]}, side{plain, cook[0]}, side{raw, ""}}); err != nil {
		return err
	}
	return b.lab.Exec(ctx, database, `DROP SCHEMA raw_limit CASCADE`) // what comes next is measured without
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
		order: func(id uuid.UUID) []byte { return post(orderRequest(id)) }, page: post(request(pageQuery, nil)),
		list: post(request(listQuery, nil)), menu: post(request(menuQuery, nil)),
	}
}

// raw sends the same bodies: they are part of what GraphQL costs a client, and not a server.
func (s side) raw() questions {
	post := func(path string, body []byte) []byte { return load.Post(s.program.URL+path, s.token, body) }
	return questions{
		order: func(id uuid.UUID) []byte { return post("/order", orderRequest(id)) },
		page:  post("/page", request(pageQuery, nil)), list: post("/list", request(listQuery, nil)),
		menu: post("/menu", request(menuQuery, nil)),
	}
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
