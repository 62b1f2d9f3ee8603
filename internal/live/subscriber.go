package live

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

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

// subscriber is a bounded queue that nobody waits for when it is full: its reader is told instead.
type subscriber struct {
	only       events.Filter
	limit      int
	fellBehind prometheus.Counter
	ready      chan struct{} // has a place filled while there is something to take

	mu      sync.Mutex
	queue   []delivery
	dropped bool
}

func (s *subscriber) wants(e events.Recorded) bool {
	return s.only.Statuses == nil || slices.Contains(s.only.Statuses, e.Event.To)
}

func (s *subscriber) push(d delivery) {
	s.mu.Lock()
	full := len(s.queue) >= s.limit
	if !full && !s.dropped {
		s.queue = append(s.queue, d)
	}
	s.mu.Unlock()
	if full {
		s.drop()
		return
	}
	s.signal()
}

// drop ends the subscription after what is in the queue.
func (s *subscriber) drop() {
	s.mu.Lock()
	if !s.dropped {
		s.fellBehind.Inc()
	}
	s.dropped = true
	s.mu.Unlock()
	s.signal()
}

func (s *subscriber) signal() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// take waits for events and returns all there are. It fails with ErrFellBehind once there won't be more, and with ctx.
func (s *subscriber) take(ctx context.Context) ([]delivery, error) {
	for {
		s.mu.Lock()
		taken, dropped := s.queue, s.dropped
		s.queue = nil
		s.mu.Unlock()
		switch {
		case len(taken) > 0:
			return taken, nil
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
