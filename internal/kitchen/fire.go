package kitchen

import (
	"time"

	"pizzeria/internal/platform/auth"
)

// FireDue lets begin what has waited for its time, and tells whether there was any.
func (t *Ticket) FireDue(at time.Time) bool {
	next := t.state.NextFireAt()
	if next == nil || next.After(at) {
		return false
	}
	t.change(TicketFired, auth.System().Author(), nil, at, func() { t.fire(at) })
	return true
}

// fire queues the first task of each line whose time has come.
func (t *Ticket) fire(at time.Time) {
	for i := range t.state.live() {
		if l := &t.state.Lines[i]; !l.fired() && !l.FireAt.After(at) {
			l.Tasks[0].Progress = Progress{Status: TaskQueued, QueuedAt: &at}
		}
	}
}

// fireAll lets all lines begin now.
func (t *Ticket) fireAll(at time.Time) {
	for i := range t.state.live() {
		if l := &t.state.Lines[i]; !l.fired() {
			l.FireAt = at
		}
	}
	t.fire(at)
}

// retime has the lines that wait begin so that they are done together with a longer one that is begun now.
func (t *Ticket) retime(begun time.Duration, at time.Time) {
	for i := range t.state.live() {
		if l := &t.state.Lines[i]; !l.fired() && l.Takes <= begun {
			l.FireAt = at.Add(begun - l.Takes)
		}
	}
}

// postpone puts off the lines with which nobody has begun.
func (t *Ticket) postpone(by time.Duration, at time.Time) {
	for i := range t.state.live() {
		if l := &t.state.Lines[i]; !l.begun() {
			l.FireAt = later(l.FireAt, at).Add(by)
			l.Tasks[0].Progress = Progress{Status: TaskWaiting}
		}
	}
}
