package transport

import (
	"sync"
	"time"
)

// slots is how many slots a timer wheel has.
const slots = 20

// timerWheel visits each member once in every interval, one slot of them at a time. It has one timer for all members, and none
// without members. A visit that takes longer than an interval delays its own slot, and no other.
type timerWheel[M comparable] struct {
	interval time.Duration
	visit    func([]M) // with a slot's members, at least one; visits of different slots may overlap

	mu        sync.Mutex
	slots     [slots]slot[M]
	count     int // of members
	lastAdded int // the slot that got the newest member
	current   int // the slot visited last
	timer     *time.Timer
}

type slot[M comparable] struct {
	members  map[M]struct{}
	visiting bool
}

func newTimerWheel[M comparable](interval time.Duration, visit func([]M)) *timerWheel[M] {
	return &timerWheel[M]{interval: interval, visit: visit}
}

// add has the member visited from now on, for the first time within an interval. Members go to the slots in turn: after a
// restart thousands come at once, and would otherwise share one visit as long as they stay.
func (w *timerWheel[M]) add(member M) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lastAdded = (w.lastAdded + 1) % slots
	s := &w.slots[w.lastAdded]
	if s.members == nil {
		s.members = map[M]struct{}{}
	}
	s.members[member] = struct{}{}
	if w.count++; w.count == 1 {
		w.timer = time.AfterFunc(w.interval/slots, w.tick)
	}
}

// remove may be called for a member that wasn't added. It does not wait for a visit under way.
func (w *timerWheel[M]) remove(member M) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.slots {
		if _, known := s.members[member]; !known {
			continue
		}
		delete(s.members, member)
		if w.count--; w.count == 0 {
			w.timer.Stop()
		}
	}
}

// tick visits the next slot, unless its last visit is still under way.
func (w *timerWheel[M]) tick() {
	s, due := w.advance()
	if len(due) == 0 {
		return
	}
	w.visit(due)
	w.mu.Lock()
	defer w.mu.Unlock()
	s.visiting = false
}

// advance moves on to the next slot, sets the timer for the one after it, and returns the members to be visited now.
func (w *timerWheel[M]) advance() (s *slot[M], due []M) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count > 0 {
		w.timer.Reset(w.interval / slots)
	}
	w.current = (w.current + 1) % slots
	s = &w.slots[w.current]
	if s.visiting {
		return s, nil
	}
	due = make([]M, 0, len(s.members))
	for member := range s.members {
		due = append(due, member)
	}
	s.visiting = len(due) > 0
	return s, due
}
