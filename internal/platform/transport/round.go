package transport

import (
	"sync"
	"time"
)

// parts is into how many a round is divided.
const parts = 20

// round visits each member once in every interval, a part of them at a time. It has one timer for all of them, and none
// without members. A visit that takes longer than an interval delays its own part, and no other.
type round[M comparable] struct {
	interval time.Duration
	visit    func([]M) // of a part, which isn't empty; those of different parts may overlap

	mu     sync.Mutex
	parts  [parts]part[M]
	count  int // of members
	joined int // the part that was joined last
	turn   int // the part whose turn was last
	timer  *time.Timer
}

type part[M comparable] struct {
	members  map[M]struct{}
	visiting bool
}

func newRound[M comparable](interval time.Duration, visit func([]M)) *round[M] {
	return &round[M]{interval: interval, visit: visit}
}

// join has the member visited from now on, for the first time within an interval. Members join the parts in turn: after
// a restart thousands come at once, and would otherwise share one visit as long as they stay.
func (r *round[M]) join(member M) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.joined = (r.joined + 1) % parts
	p := &r.parts[r.joined]
	if p.members == nil {
		p.members = map[M]struct{}{}
	}
	p.members[member] = struct{}{}
	if r.count++; r.count == 1 {
		r.timer = time.AfterFunc(r.interval/parts, r.next)
	}
}

// leave may be called for whoever hasn't joined. A visit that is under way is not waited for.
func (r *round[M]) leave(member M) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.parts {
		if _, known := p.members[member]; !known {
			continue
		}
		delete(p.members, member)
		if r.count--; r.count == 0 {
			r.timer.Stop()
		}
	}
}

// next visits the next part, unless its last visit is still under way.
func (r *round[M]) next() {
	p, due := r.begin()
	if len(due) == 0 {
		return
	}
	r.visit(due)
	r.mu.Lock()
	defer r.mu.Unlock()
	p.visiting = false
}

// begin sets the timer for the part after the next one, and returns the members that are to be visited now.
func (r *round[M]) begin() (p *part[M], due []M) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count > 0 {
		r.timer.Reset(r.interval / parts)
	}
	r.turn = (r.turn + 1) % parts
	p = &r.parts[r.turn]
	if p.visiting {
		return p, nil
	}
	due = make([]M, 0, len(p.members))
	for member := range p.members {
		due = append(due, member)
	}
	p.visiting = len(due) > 0
	return p, due
}
