package main

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// sockets counts what idle subscriptions cost, and then times events from their commits to the clients.
func (b *bench) sockets(ctx context.Context) error {
	rows := [][]string{{"sockets", "KiB each", "commands /s", "deliveries", "p50 ms", "p99 ms", "to displays: p50 ms", "p99 ms"}}
	for _, n := range b.scale.sockets {
		database, err := b.history(ctx, b.scale.largest())
		if err != nil {
			return err
		}
		h := &house{bench: b, database: database, began: time.Now()}
		if err := h.open(ctx, n); err != nil {
			return fmt.Errorf("open %d sockets: %w", n, err)
		}
		rate, err := h.perform(ctx)
		err = errors.Join(err, h.close())
		if err != nil {
			return fmt.Errorf("with %d sockets: %w", n, err)
		}
		all, displays, err := h.latencies(ctx)
		if err != nil {
			return fmt.Errorf("with %d sockets: %w", n, err)
		}
		sockets := figures.Text(float64(n)) + " sockets"
		if n >= manySockets {
			b.report.AtMost("memory of an idle subscription, "+sockets, 24, h.kib, report.KiB)
		}
		b.report.AtLeast("commands with "+sockets, 0.99*perSecond, rate, report.PerSecond)
		b.report.AtMost("commit to client, p50, "+sockets, 10, all.Median(), report.Milliseconds)
		b.report.AtMost("commit to client, p99, "+sockets, 50, all.Percentile(99), report.Milliseconds)
		rows = append(rows, []string{
			figures.Text(float64(n)), figures.Text(h.kib), figures.Text(rate), figures.Text(float64(len(all))),
			figures.Text(all.Median()), figures.Text(all.Percentile(99)), figures.Text(displays.Median()), figures.Text(displays.Percentile(99)),
		})
	}
	b.report.Table(fmt.Sprintf("The live feed: idle sockets, then %d commands a second; %d sockets are kitchen displays", perSecond, kitchens), rows...)
	return nil
}

// house is a server full of sockets, each with one subscription and a session of its own.
type house struct {
	bench    *bench
	database string
	began    time.Time
	shapes   []shape
	cook     string
	seats    []seat
	server   *lab.Program
	displays []*watch.Watcher
	guests   []*watch.Watcher // as many as seats
	kib      float64          // of the server's memory for each idle socket
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
