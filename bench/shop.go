package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"pizzeria/bench/lab"
	"pizzeria/bench/load"
	"pizzeria/bench/pgbench"
	"pizzeria/internal/platform/auth"
)

// shop is one history, and what is measured on it.
type shop struct {
	bench      *bench
	tool       string // pgbench
	orders     int
	ours, none string // databases
	server     *lab.Program
	cook       string // a session's token
	shapes     []shape
	scripts    scripts
	release    func() // of refreshes
	queue      int    // orders that a round of starting needs

	place, start, bare ways
	naive              float64 // orders placed a second, with the refresh in the trigger
}

// ways are one command asked of the server, its statements run by pgbench, and the same without read models.
type ways struct{ http, sql, none variant }

// all are those of the three that there are.
func (w *ways) all() []*variant {
	return slices.DeleteFunc([]*variant{&w.http, &w.sql, &w.none}, func(v *variant) bool { return v.measure == nil })
}

// open makes both databases and starts the server. It is closed even if opening fails.
func (s *shop) open(ctx context.Context) (err error) {
	b := s.bench
	if s.ours, err = b.history(ctx, s.orders); err != nil {
		return err
	}
	s.none = s.ours + "_none"
	cook, err := b.lab.Sessions(ctx, s.ours, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	s.cook = cook[0]
	if s.shapes, s.scripts, err = b.record(ctx, s.ours); err != nil {
		return err
	}
	if err := b.lab.Copy(ctx, s.ours, s.none); err != nil {
		return err
	}
	if err := b.lab.Exec(ctx, s.none, lab.NoReadModel); err != nil {
		return err
	}
	if s.release, err = b.lab.Hold(ctx, s.ours); err != nil {
		return err
	}
	if s.server, err = b.lab.Serve(ctx, b.server, s.ours); err != nil {
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
			return pgbench.Rate(ctx, s.tool, s.bench.lab.DSN(database), script, connections, d)
		}
	}
	start := func(database string) func(context.Context, []uuid.UUID) (float64, error) {
		measure := sql(database, s.scripts.start)
		return func(ctx context.Context, _ []uuid.UUID) (float64, error) { return measure(ctx) } // the database hands them out
	}
	s.place = ways{
		http: variant{name: "placeOrder", measure: s.placeByHTTP(d)},
		sql:  variant{name: "placeOrder by pgbench", measure: sql(s.ours, s.scripts.place)},
		none: variant{name: "placeOrder without read models", measure: sql(s.none, s.scripts.place)},
	}
	s.start = ways{
		http: variant{name: "startPreparingOrder", measure: s.queued(s.ours, s.startByHTTP(d))},
		sql:  variant{name: "startPreparingOrder by pgbench", measure: s.queued(s.ours, start(s.ours))},
		none: variant{name: "startPreparingOrder without read models", measure: s.queued(s.none, start(s.none))},
	}
	s.bare = ways{
		sql:  variant{name: "bare statements", measure: sql(s.ours, s.scripts.bare)},
		none: variant{name: "bare statements without read models", measure: sql(s.none, s.scripts.bare)},
	}
}

// placeByHTTP places orders of all shapes, each with a key of its own.
func (s *shop) placeByHTTP(d time.Duration) func(context.Context) (float64, error) {
	place := placing(s.server.URL, s.shapes)
	return func(ctx context.Context) (float64, error) {
		return load.Ask(ctx, s.server.URL, connections, d, place, s.bench.done)
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
		}, s.bench.done)
	}
}

// queued fills the queue before a measurement of starting, and waits until the server has read what that brought about:
// thousands of events at once. Where there is no server it waits too, so that all have had the same rest.
func (s *shop) queued(database string, measure func(context.Context, []uuid.UUID) (float64, error)) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		queue, err := s.bench.lab.FillQueue(ctx, database, s.queue)
		if err != nil {
			return 0, err
		}
		time.Sleep(s.bench.scale.commands)
		rate, err := measure(ctx, queue)
		s.expect(rate)
		return rate, err
	}
}

// expect makes the queue long enough for three times the rate seen, or it would run dry in the middle of a round.
func (s *shop) expect(rate float64) {
	s.queue = max(s.queue, int(3*rate*(s.bench.scale.commands+time.Second).Seconds()))
}
