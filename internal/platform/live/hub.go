// Package live hands what happens to those who watch it: exactly, each event once and in order, from any cursor on. It knows
// nothing of what events mean: features declare feeds.
package live

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/events"
)

// Options may be left zero.
type Options struct {
	// Buffer is how many events, or in mode Latest aggregates, may wait for a subscriber before it is dropped; 1024. Keep it
	// above the tail's page.
	Buffer int
	MaxGap int // the most events that a reader may catch up with; 10,000
	Page   int // how many of them are read at once; 256
	// Allowed looks anew whether a stream's session and roles still stand. It is asked before an event is delivered, at most
	// once a second for each stream; its error ends the stream. Nil allows.
	Allowed func(ctx context.Context) error
	// Explain gives an error its code. Opening fails with UNAVAILABLE where the database can't be asked; a stream that is
	// open waits until it can. Nil leaves errors as they are.
	Explain func(error) error
	Log     *slog.Logger          // nil discards
	Metrics prometheus.Registerer // nil: none
	Now     func() time.Time      // the time of day
	Clock   clock.Monotonic
}

// Hub passes what the tail reads on to all feeds. It waits for no reader.
type Hub struct {
	log     *events.Log
	o       Options
	metrics *metrics
	feeds   []*Feed
}

// NewHub returns a hub without feeds. The tail that it is to consume must have been made before anything is opened.
func NewHub(log *events.Log, o Options) *Hub {
	o.Buffer, o.MaxGap, o.Page = cmp.Or(o.Buffer, 1024), cmp.Or(o.MaxGap, 10_000), cmp.Or(o.Page, 256)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if o.Explain == nil {
		o.Explain = func(err error) error { return err }
	}
	if o.Clock == nil {
		o.Clock = clock.New()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Hub{log: log, o: o, metrics: newMetrics(o.Metrics)}
}

// Deliver implements events.Consumer. If one feed fails to read what it shows, none of them gives anything: the batch comes
// again.
func (h *Hub) Deliver(ctx context.Context, batch events.Batch) error {
	var due []due
	for _, feed := range h.feeds {
		prepared, err := feed.prepare(ctx, batch.Events)
		if err != nil {
			return err
		}
		due = append(due, prepared...)
	}
	for _, d := range due {
		h.metrics.lag.Observe(max(h.o.Now().Sub(d.event.At), 0).Seconds())
		for _, s := range d.to {
			s.push(d.delivery)
		}
	}
	return nil
}

// Reset implements events.Consumer: events may be missing, so every subscriber has to resume.
func (h *Hub) Reset() {
	for _, feed := range h.feeds {
		feed.dropAll()
	}
}
