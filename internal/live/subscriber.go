package live

import (
	"container/list"
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/google/uuid"

	"pizzeria/internal/events"
)

// ErrFellBehind ends a stream whose reader is too slow, or whose events can't be followed without a break. The client
// may come back at once, with its last cursor.
var ErrFellBehind = errors.New("fell behind the live feed")

// delivery is an event on its way to subscribers, who share it.
type delivery struct {
	event  events.Recorded
	change *Change
}

// subscriber is a bounded queue that nobody waits for when it is full: its reader is told instead. What waits is in the
// order of the feed, so whatever its reader takes, everything before has been taken or has a successor that waits.
type subscriber struct {
	only    events.Filter
	limit   int
	metrics *metrics
	ready   chan struct{} // has a place filled while there is something to take

	mu      sync.Mutex
	queue   list.List                   // of *delivery
	waiting map[uuid.UUID]*list.Element // by order, if only the latest is wanted; else nil
	dropped bool
}

func newSubscriber(only events.Filter, limit int, m *metrics) *subscriber {
	s := &subscriber{only: only, limit: limit, metrics: m, ready: make(chan struct{}, 1)}
	if only.Latest {
		s.waiting = map[uuid.UUID]*list.Element{}
	}
	return s
}

func (s *subscriber) wants(e events.Recorded) bool {
	return s.only.Statuses == nil || slices.Contains(s.only.Statuses, e.Event.To)
}

// push queues an event. One that takes an older one's place goes to the end all the same: whoever comes back with the
// cursor of something that waits before it must find it.
func (s *subscriber) push(d *delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	order := d.event.OrderID
	older := s.waiting[order]
	switch {
	case s.dropped: // the reader comes back for it, and for what was not queued before it
		return
	case older != nil:
		s.queue.Remove(older)
		s.metrics.superseded.Inc()
	case s.queue.Len() >= s.limit:
		s.end()
		return
	}
	last := s.queue.PushBack(d)
	if s.only.Latest {
		s.waiting[order] = last
	}
	s.signal()
}

// drop ends the subscription after what is in the queue.
func (s *subscriber) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.dropped {
		s.end()
	}
}

func (s *subscriber) end() {
	s.dropped = true
	s.metrics.fellBehind.Inc()
	s.signal()
}

func (s *subscriber) signal() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// take waits for an event. It fails with ErrFellBehind once there won't be more, and with ctx.
func (s *subscriber) take(ctx context.Context) (*delivery, error) {
	for {
		d, dropped := s.next()
		switch {
		case d != nil:
			return d, nil
		case dropped:
			return nil, ErrFellBehind
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-s.ready:
		}
	}
}

// next returns the event that has waited longest, nil if there is none.
func (s *subscriber) next() (d *delivery, dropped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.queue.Front()
	if first == nil {
		return nil, s.dropped
	}
	d = s.queue.Remove(first).(*delivery)
	delete(s.waiting, d.event.OrderID)
	return d, s.dropped
}

// supersedes tells whether what waits takes the event's place: a later one of its order, if only the latest is wanted.
func (s *subscriber) supersedes(e events.Recorded) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	waits := s.waiting[e.OrderID]
	return waits != nil && waits.Value.(*delivery).event.Event.Version > e.Event.Version
}
