package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"pizzeria/bench/figures"
	"pizzeria/bench/lab"
	"pizzeria/bench/report"
	"pizzeria/bench/watch"
)

const (
	kitchens  = 10  // of the sockets; each of the others watches one order
	perSecond = 100 // commands while the feed is timed
	// manySockets take so much memory together that what the collector leaves lying about no longer decides.
	manySockets = 10_000
	// warmSockets are open when the server's memory is counted first: the code and the pools that all sockets share.
	warmSockets = 50
)

// sockets counts what idle subscriptions cost, and then times events from their commits to the clients: by themselves, and
// beside a refresh.
func (b *bench) sockets(ctx context.Context) error {
	rows := [][]string{{"sockets", "KiB each", "commands /s", "deliveries", "p50 ms", "p99 ms", "to displays: p50 ms", "p99 ms"}}
	for _, n := range b.scale.sockets {
		database, err := b.history(ctx, b.scale.largest())
		if err != nil {
			return err
		}
		h := &house{bench: b, database: database}
		calm, beside, err := h.measure(ctx, n)
		if err != nil {
			return fmt.Errorf("with %d sockets: %w", n, err)
		}
		sockets := figures.Text(float64(n)) + " sockets"
		if n >= manySockets {
			b.report.AtMost("memory of an idle subscription, "+sockets, 24, h.kib, report.KiB)
		}
		for _, t := range []struct {
			when string
			timed
		}{{sockets, calm}, {sockets + ", beside a refresh", beside}} {
			b.report.AtLeast("commands with "+t.when, 0.99*perSecond, t.rate, report.PerSecond)
			b.report.AtMost("commit to client, p50, "+t.when, 10, t.all.Median(), report.Milliseconds)
			b.report.AtMost("commit to client, p99, "+t.when, 50, t.all.Percentile(99), report.Milliseconds)
			rows = append(rows, []string{
				t.when, figures.Text(h.kib), figures.Text(t.rate), figures.Text(float64(len(t.all))),
				figures.Text(t.all.Median()), figures.Text(t.all.Percentile(99)), figures.Text(t.displays.Median()), figures.Text(t.displays.Percentile(99)),
			})
		}
	}
	b.report.Table(fmt.Sprintf("The live feed: idle sockets, then %d commands a second; %d sockets are kitchen displays", perSecond, kitchens), rows...)
	return nil
}

// house is a server full of sockets, each with one subscription and a session of its own.
type house struct {
	bench    *bench
	database string
	shapes   []shape
	cook     string
	seats    []seat
	moved    atomic.Int64 // moves of the seats' orders until now
	server   *lab.Program
	displays []*watch.Watcher
	guests   []*watch.Watcher // as many as seats
	kib      float64          // of the server's memory for each idle socket
}

// measure fills the house and times events without a refresh, and then beside one.
func (h *house) measure(ctx context.Context, sockets int) (calm, beside timed, err error) {
	r, err := h.bench.holdRefreshes(ctx, h.database)
	if err != nil {
		return calm, beside, err
	}
	defer r.close()
	if err := h.open(ctx, sockets); err != nil {
		return calm, beside, fmt.Errorf("open them: %w", err)
	}
	defer func() { err = errors.Join(err, h.close()) }()
	// What the parts before this one left to write isn't the feed's.
	if err := h.bench.lab.Exec(ctx, "postgres", `CHECKPOINT`); err != nil {
		return calm, beside, err
	}
	if calm, err = h.perform(ctx); err != nil {
		return calm, beside, err
	}
	err = r.meanwhile(ctx, func() (err error) {
		beside, err = h.perform(ctx)
		return err
	})
	return calm, beside, err
}

// close ends the sockets, all of which have to be open still, and the server.
func (h *house) close() error {
	var err error
	for _, w := range append(h.displays, h.guests...) {
		err = errors.Join(err, w.Close())
	}
	if h.server != nil {
		err = errors.Join(err, h.server.Stop())
	}
	return err
}
