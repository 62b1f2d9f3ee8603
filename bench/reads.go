package main

import (
	"context"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/bench/load"
	"pizzeria/bench/testbed"
	"pizzeria/internal/platform/auth"
)

// readOrders is how many orders are asked for, at random.
const readOrders = 5_000

// readRequests are the requests of the reads, ready to be sent to one program.
type readRequests struct {
	order            func(id uuid.UUID) []byte
	page, list, menu []byte
}

// reads measures queries against the raw limit and against plain gqlgen, on connections that are kept, 16 of them.
func (b *bench) reads(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.read())
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	plain, err := b.testbed.ServeReference(ctx, b.plain, "GraphQL", database)
	if err != nil {
		return err
	}
	defer stopProgram(plain, &err)
	raw, err := b.testbed.ServeReference(ctx, b.rawLimit, "raw limit", database)
	if err != nil {
		return err
	}
	defer stopProgram(raw, &err)
	cook, err := b.testbed.Sessions(ctx, database, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	ids, err := b.someOrders(ctx, database)
	if err != nil {
		return err
	}
	if err := b.compareReads(ctx, database, ids, systems{system{server, cook[0]}, system{plain, cook[0]}, system{raw, ""}}); err != nil {
		return err
	}
	return b.testbed.Exec(ctx, database, `DROP SCHEMA raw_limit CASCADE`) // the parts that follow are measured without it
}

// someOrders picks orders of any age.
func (b *bench) someOrders(ctx context.Context, database string) (ids []uuid.UUID, err error) {
	err = b.testbed.Conn(ctx, database, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `SELECT o.id FROM public.orders AS o ORDER BY random() LIMIT $1`, readOrders)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	return ids, err
}

// system is one of the programs that are compared, and the token of the session that sends requests to it.
type system struct {
	program *testbed.Program
	token   string
}

func (s system) requests() readRequests {
	post := func(body []byte) []byte { return load.Post(s.program.URL, s.token, body) }
	return readRequests{
		order: func(id uuid.UUID) []byte { return post(orderRequest(id)) }, page: post(request(pageQuery, nil)),
		list: post(request(listQuery, nil)), menu: post(request(menuQuery, nil)),
	}
}

// rawRequests are those for the raw limit. Their bodies are the same: a GraphQL document is a cost of the client, not of
// the server.
func (s system) rawRequests() readRequests {
	post := func(path string, body []byte) []byte { return load.Post(s.program.URL+path, s.token, body) }
	return readRequests{
		order: func(id uuid.UUID) []byte { return post("/order", orderRequest(id)) },
		page:  post("/page", request(pageQuery, nil)), list: post("/list", request(listQuery, nil)),
		menu: post("/menu", request(menuQuery, nil)),
	}
}

func repeatRequest(request []byte) func() []byte { return func() []byte { return request } }

// cycleRequests makes a request for each id beforehand. The first one returned is always that for the first id.
func cycleRequests(ids []uuid.UUID, request func(uuid.UUID) []byte) func() []byte {
	all := make([][]byte, len(ids))
	for i, id := range ids {
		all[i] = request(id)
	}
	var asked atomic.Uint64
	return func() []byte { return all[(asked.Add(1)-1)*stride%uint64(len(all))] }
}

// stride is the step between one order and the next. It is large, so that neighbours aren't read together, which a cache
// would favour.
const stride = 2_654_435_761
