package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"pizzeria/bench/figures"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
	"pizzeria/bench/watch"
)

const (
	kitchenSockets    = 10  // of the sockets; each of the others watches one order
	commandsPerSecond = 100 // commands while the feed is timed
	// manySockets together take so much memory that the garbage not yet collected no longer distorts the figure.
	manySockets = 10_000
	// warmSockets are open when the server's memory is counted first: the code and the pools that all sockets share.
	warmSockets = 50
)

// sockets counts what idle subscriptions cost, and then times events from their commits to the clients: by themselves, and
// during a refresh.
func (b *bench) sockets(ctx context.Context) error {
	rows := [][]string{{"sockets", "KiB each", "commands /s", "deliveries", "p50 ms", "p99 ms", "to displays: p50 ms", "p99 ms"}}
	for _, n := range b.scale.sockets {
		database, err := b.history(ctx, b.scale.largest())
		if err != nil {
			return err
		}
		f := &feedRun{bench: b, database: database}
		baseline, duringRefresh, err := f.measure(ctx, n)
		if err != nil {
			return fmt.Errorf("with %d sockets: %w", n, err)
		}
		sockets := figures.Text(float64(n)) + " sockets"
		if n >= manySockets {
			b.report.AtMost("memory of an idle subscription, "+sockets, 24, f.kibPerSocket, report.KiB)
		}
		for _, t := range []struct {
			when string
			feedTimes
		}{{sockets, baseline}, {sockets + ", beside a refresh", duringRefresh}} {
			b.report.AtLeast("commands with "+t.when, 0.99*commandsPerSecond, t.rate, report.PerSecond)
			b.report.AtMost("commit to client, p50, "+t.when, 10, t.all.Median(), report.Milliseconds)
			b.report.AtMost("commit to client, p99, "+t.when, 50, t.all.Percentile(99), report.Milliseconds)
			rows = append(rows, []string{
				t.when, figures.Text(f.kibPerSocket), figures.Text(t.rate), figures.Text(float64(len(t.all))),
				figures.Text(t.all.Median()), figures.Text(t.all.Percentile(99)), figures.Text(t.displays.Median()), figures.Text(t.displays.Percentile(99)),
			})
		}
	}
	b.report.Table(fmt.Sprintf("The live feed: idle sockets, then %d commands a second; %d sockets are kitchen displays", commandsPerSecond, kitchenSockets), rows...)
	return nil
}

// feedRun is one measurement of the live feed: a server with many sockets, each with one subscription and a session of its own.
type feedRun struct {
	bench        *bench
	database     string
	sampleOrders []sampleOrder
	cook         string
	watched      []watchedOrder
	moved        atomic.Int64 // how often a watched order has been moved so far
	server       *testbed.Program
	displays     []*watch.Watcher
	orderSockets []*watch.Watcher // as many as watched
	kibPerSocket float64          // of the server's memory for each idle socket
}

// measure opens the sockets and times events without a refresh, and then during one.
func (f *feedRun) measure(ctx context.Context, sockets int) (baseline, duringRefresh feedTimes, err error) {
	r, err := f.bench.holdRefreshes(ctx, f.database)
	if err != nil {
		return baseline, duringRefresh, err
	}
	defer r.close()
	if err := f.open(ctx, sockets); err != nil {
		return baseline, duringRefresh, fmt.Errorf("open them: %w", err)
	}
	defer func() { err = errors.Join(err, f.close()) }()
	// What the parts before this one left to write isn't the feed's.
	if err := f.bench.testbed.Exec(ctx, "postgres", `CHECKPOINT`); err != nil {
		return baseline, duringRefresh, err
	}
	if baseline, err = f.timeEvents(ctx); err != nil {
		return baseline, duringRefresh, err
	}
	err = r.whileRefreshing(ctx, func() (err error) {
		duringRefresh, err = f.timeEvents(ctx)
		return err
	})
	return baseline, duringRefresh, err
}

// close ends the sockets, all of which have to be open still, and the server.
func (f *feedRun) close() error {
	var err error
	for _, w := range append(f.displays, f.orderSockets...) {
		err = errors.Join(err, w.Close())
	}
	if f.server != nil {
		err = errors.Join(err, f.server.Stop())
	}
	return err
}
