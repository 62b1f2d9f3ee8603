package transport

import (
	"sync"
	"time"
)

// parts is into how many a round is divided.
const parts = 20

// round visits each member once in every interval, a part of them at a time. It has one timer for all of them, and none
// without members.
type round[M comparable] struct {
	interval time.Duration
	visit    func([]M) // of a part, which isn't empty; the next part waits until it returns

	mu      sync.Mutex
	members [parts]map[M]struct{}
	count   int
	part    int // was visited last
	timer   *time.Timer
}

func newRound[M comparable](interval time.Duration, visit func([]M)) *round[M] {
	return &round[M]{interval: interval, visit: visit}
}

// join has the member visited from an interval later on.
func (r *round[M]) join(member M) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.members[r.part] == nil {
		r.members[r.part] = map[M]struct{}{}
	}
	r.members[r.part][member] = struct{}{}
	if r.count++; r.count == 1 {
		r.timer = time.AfterFunc(r.interval/parts, r.next)
	}
}

// leave may be called for whoever hasn't joined. A visit that is under way is not waited for.
func (r *round[M]) leave(member M) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, part := range r.members {
		if _, known := part[member]; !known {
			continue
		}
		delete(part, member)
		if r.count--; r.count == 0 {
			r.timer.Stop()
		}
	}
}

func (r *round[M]) next() {
	if due := r.turn(); len(due) > 0 {
		r.visit(due)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count > 0 {
		r.timer.Reset(r.interval / parts)
	}
}

// turn goes on to the next part and returns its members.
func (r *round[M]) turn() []M {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part = (r.part + 1) % parts
	due := make([]M, 0, len(r.members[r.part]))
	for member := range r.members[r.part] {
		due = append(due, member)
	}
	return due
}
