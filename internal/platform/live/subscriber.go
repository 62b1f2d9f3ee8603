package live

import (
	"container/list"
	"errors"
	"slices"
	"sync"

	"github.com/google/uuid"

	"pizzeria/internal/platform/events"
)

// ErrFellBehind ends a stream whose reader is too slow, or whose events can't be followed without a break. The client
// may come back at once, with its last cursor.
var ErrFellBehind = errors.New("fell behind the live feed")

// delivery is an event on its way to subscribers, who share it.
type delivery struct {
	event  events.Recorded
	change Change
	read   int64 // when what it shows was read, by the feed's count
}

// subscriber is a bounded queue that nobody waits for when it is full: its reader is told instead. What waits is in the
// order of the feed, so whatever its reader takes, everything before has been taken or has a successor that waits.
type subscriber struct {
	only    events.Filter
	limit   int
	metrics *metrics

	mu      sync.Mutex
	wake    func()                      // called once there is something to take, if not nil
	queue   list.List                   // of *delivery
	waiting map[uuid.UUID]*list.Element // by aggregate, if only the latest is wanted; else nil
	dropped bool
}

func newSubscriber(only events.Filter, limit int, m *metrics) *subscriber {
	s := &subscriber{only: only, limit: limit, metrics: m}
	if only.Latest {
		s.waiting = map[uuid.UUID]*list.Element{}
	}
	return s
}

func (s *subscriber) wants(e events.Recorded) bool {
	here := s.only.LocationID == uuid.Nil || e.LocationID == nil || *e.LocationID == s.only.LocationID
	return here && (s.only.Types == nil || slices.Contains(s.only.Types, e.Type))
}

// push queues an event. One that takes an older one's place goes to the end all the same: a reader that comes back with the
// cursor of an event that waits before it must find it.
func (s *subscriber) push(d *delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	older := s.waiting[d.event.ID]
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
		s.waiting[d.event.ID] = last
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
	if s.wake != nil {
		s.wake()
		s.wake = nil
	}
}

// await has wake called, once, when there is something to take, or won't ever be. It returns false if that is so already.
func (s *subscriber) await(wake func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.Len() > 0 || s.dropped {
		return false
	}
	s.wake = wake
	return true
}

// take returns the event that has waited longest, nil if there is none now. It fails with ErrFellBehind once there won't be
// more.
func (s *subscriber) take() (*delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.queue.Front()
	switch {
	case first != nil:
		d := s.queue.Remove(first).(*delivery)
		delete(s.waiting, d.event.ID)
		return d, nil
	case s.dropped:
		return nil, ErrFellBehind
	}
	return nil, nil
}

// supersedes tells whether what waits takes the event's place: a later one of its aggregate, if only the latest is wanted.
func (s *subscriber) supersedes(e events.Recorded) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	waits := s.waiting[e.ID]
	return waits != nil && waits.Value.(*delivery).event.Version > e.Version
}
