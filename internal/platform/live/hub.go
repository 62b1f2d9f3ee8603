// Package live hands the events of orders to those who watch them: exactly, each event once and in order, from any
// cursor on.
package live

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/internal/platform/events"
)

// HubOptions may be left zero.
type HubOptions struct {
	// Buffer is how many events, or in mode Latest orders, may wait for a subscriber before it is dropped; 1024. Keep it
	// above the tail's page.
	Buffer  int
	Log     *slog.Logger          // nil discards
	Metrics prometheus.Registerer // nil: none
	Now     func() time.Time
}

// Hub passes what the tail reads on to all subscribers. It never waits for one.
type Hub struct {
	orders  orders
	o       HubOptions
	metrics *metrics

	mu      sync.Mutex
	byOrder map[uuid.UUID][]*subscriber
	toAll   map[*subscriber]struct{}
}

// NewHub returns a hub without subscribers.
func NewHub(orders orders, o HubOptions) *Hub {
	o.Buffer = cmp.Or(o.Buffer, 1024)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Hub{
		orders: orders, o: o, metrics: newMetrics(o.Metrics),
		byOrder: map[uuid.UUID][]*subscriber{}, toAll: map[*subscriber]struct{}{},
	}
}

// Deliver implements events.Consumer. The orders are read once for the batch, and only those that somebody watches; a
// failure to do so leaves the batch undelivered.
func (h *Hub) Deliver(ctx context.Context, batch events.Batch) error {
	// A stream that subscribes later reads the log later, and finds the batch there.
	watching := h.watching(batch.Events)
	var ids []uuid.UUID
	for i, who := range watching {
		if len(who) > 0 {
			ids = append(ids, batch.Events[i].OrderID)
		}
	}
	found, err := read(ctx, h.orders, ids)
	if err != nil {
		return err
	}
	changes := make([]*Change, len(watching))
	for i, who := range watching {
		if len(who) == 0 {
			continue
		}
		if changes[i], err = changeOf(batch.Events[i], found); err != nil {
			return err
		}
		if changes[i] == nil {
			h.o.Log.ErrorContext(ctx, "an event's order is not in the view", "order", batch.Events[i].OrderID)
		}
	}
	for i, change := range changes {
		if change != nil {
			h.push(batch.Events[i], change, watching[i])
		}
	}
	return nil
}

func (h *Hub) push(event events.Recorded, change *Change, who []*subscriber) {
	h.metrics.lag.Observe(max(h.o.Now().Sub(event.Event.At), 0).Seconds())
	d := &delivery{event: event, change: change}
	for _, s := range who {
		s.push(d)
	}
}

// Reset implements events.Consumer: events may be missing, so everybody has to resume.
func (h *Hub) Reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.toAll {
		s.drop()
	}
	for _, subscribers := range h.byOrder {
		for _, s := range subscribers {
			s.drop()
		}
	}
}

// watching lists for each event who wants it.
func (h *Hub) watching(batch []events.Recorded) [][]*subscriber {
	h.mu.Lock()
	defer h.mu.Unlock()
	who := make([][]*subscriber, len(batch))
	for i, e := range batch {
		who[i] = slices.Clone(h.byOrder[e.OrderID])
		for s := range h.toAll {
			if s.wants(e) {
				who[i] = append(who[i], s)
			}
		}
	}
	return who
}

// subscribe is undone by unsubscribe, which may be called more than once.
func (h *Hub) subscribe(only events.Filter) *subscriber {
	s := newSubscriber(only, h.o.Buffer, h.metrics)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.metrics.subscribers.Inc()
	if only.OrderID == uuid.Nil {
		h.toAll[s] = struct{}{}
		return s
	}
	h.byOrder[only.OrderID] = append(h.byOrder[only.OrderID], s)
	return s
}

func (h *Hub) unsubscribe(s *subscriber) {
	h.mu.Lock()
	defer h.mu.Unlock()
	watching := h.byOrder[s.only.OrderID]
	i := slices.Index(watching, s)
	_, toAll := h.toAll[s]
	switch {
	case toAll:
		delete(h.toAll, s)
	case i < 0:
		return
	case len(watching) == 1:
		delete(h.byOrder, s.only.OrderID)
	default:
		h.byOrder[s.only.OrderID] = slices.Delete(watching, i, i+1)
	}
	h.metrics.subscribers.Dec()
}
