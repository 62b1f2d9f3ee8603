package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"pizzeria/bench/load"
	"pizzeria/bench/pgbench"
	"pizzeria/bench/testbed"
	"pizzeria/internal/platform/auth"
)

// shop is one history of orders, and the commands that are measured behind it.
type shop struct {
	bench        *bench
	tool         string // pgbench
	orders       int
	ours, none   string // databases
	server       *testbed.Program
	cook         string // a session's token
	sampleOrders []sampleOrder
	scripts      scripts
	release      func() // of refreshes
	queue        int    // orders that a round of starting needs

	place, start, bare commandVariants
	naive              float64 // orders placed a second, with the refresh in the trigger
}

// commandVariants are the ways to run one command: asked of the server, its statements run by pgbench, and the same without
// read models.
type commandVariants struct{ http, sql, none variant }

// all returns the variants that are measured.
func (w *commandVariants) all() []*variant {
	return slices.DeleteFunc([]*variant{&w.http, &w.sql, &w.none}, func(v *variant) bool { return v.measure == nil })
}

// open makes both databases and starts the server. It is closed even if opening fails.
func (s *shop) open(ctx context.Context) (err error) {
	b := s.bench
	if s.ours, err = b.history(ctx, s.orders); err != nil {
		return err
	}
	s.none = s.ours + "_none"
	cook, err := b.testbed.Sessions(ctx, s.ours, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	s.cook = cook[0]
	if s.sampleOrders, s.scripts, err = b.record(ctx, s.ours); err != nil {
		return err
	}
	if err := b.testbed.Copy(ctx, s.ours, s.none); err != nil {
		return err
	}
	if err := b.testbed.Exec(ctx, s.none, testbed.NoReadModel); err != nil {
		return err
	}
	if s.release, err = b.testbed.Hold(ctx, s.ours); err != nil {
		return err
	}
	if s.server, err = b.testbed.Serve(ctx, b.server, s.ours); err != nil {
		return err
	}
	s.variants()
	return nil
}

func (s *shop) close() error {
	if s.release != nil {
		s.release()
	}
	if s.server == nil {
		return nil
	}
	return s.server.Stop()
}

func (s *shop) variants() {
	d := s.bench.scale.commands
	sql := func(database, script string) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			return pgbench.Rate(ctx, s.tool, s.bench.testbed.DSN(database), script, connections, d)
		}
	}
	start := func(database string) func(context.Context, []uuid.UUID) (float64, error) {
		measure := sql(database, s.scripts.start)
		return func(ctx context.Context, _ []uuid.UUID) (float64, error) { return measure(ctx) } // the script takes orders from the queue in the database
	}
	s.place = commandVariants{
		http: variant{name: "placeOrder", measure: s.placeByHTTP(d)},
		sql:  variant{name: "placeOrder by pgbench", measure: sql(s.ours, s.scripts.place)},
		none: variant{name: "placeOrder without read models", measure: sql(s.none, s.scripts.place)},
	}
	s.start = commandVariants{
		http: variant{name: "startPreparingOrder", measure: s.withFilledQueue(s.ours, s.startByHTTP(d))},
		sql:  variant{name: "startPreparingOrder by pgbench", measure: s.withFilledQueue(s.ours, start(s.ours))},
		none: variant{name: "startPreparingOrder without read models", measure: s.withFilledQueue(s.none, start(s.none))},
	}
	s.bare = commandVariants{
		sql:  variant{name: "bare statements", measure: sql(s.ours, s.scripts.bare)},
		none: variant{name: "bare statements without read models", measure: sql(s.none, s.scripts.bare)},
	}
}

// placeByHTTP places the sample orders over and over, each time with a new idempotency key.
func (s *shop) placeByHTTP(d time.Duration) func(context.Context) (float64, error) {
	place := placeOrderRequests(s.server.URL, s.sampleOrders)
	return func(ctx context.Context) (float64, error) {
		return load.Ask(ctx, s.server.URL, connections, d, place, s.bench.checkCommand)
	}
}

// startByHTTP starts orders of the queue, each once.
func (s *shop) startByHTTP(d time.Duration) func(context.Context, []uuid.UUID) (float64, error) {
	return func(ctx context.Context, queue []uuid.UUID) (float64, error) {
		var taken atomic.Int64
		return load.Ask(ctx, s.server.URL, connections, d, func() []byte {
			n := int(taken.Add(1)) - 1
			if n >= len(queue) {
				return nil
			}
			return load.Post(s.server.URL, s.cook, startRequest(queue[n]))
		}, s.bench.checkCommand)
	}
}

// withFilledQueue fills the queue before a measurement of starting, and waits until the server has read what that brought about:
// thousands of events at once. Where there is no server it waits too, so that all have had the same rest.
func (s *shop) withFilledQueue(database string, measure func(context.Context, []uuid.UUID) (float64, error)) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		queue, err := s.bench.testbed.FillQueue(ctx, database, s.queue)
		if err != nil {
			return 0, err
		}
		time.Sleep(s.bench.scale.commands)
		rate, err := measure(ctx, queue)
		s.growQueue(rate)
		return rate, err
	}
}

// growQueue makes the queue long enough for three times the rate seen, or it would run dry in the middle of a round.
func (s *shop) growQueue(rate float64) {
	s.queue = max(s.queue, int(3*rate*(s.bench.scale.commands+time.Second).Seconds()))
}
