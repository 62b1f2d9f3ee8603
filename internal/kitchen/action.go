package kitchen

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// ActionKind is what somebody does to a ticket; the contract's KitchenActionKind.
type ActionKind string

// The kinds of actions.
const (
	Start  ActionKind = "START"
	Finish ActionKind = "DONE"
	Undo   ActionKind = "UNDO"
	Bump   ActionKind = "BUMP"
	Recall ActionKind = "RECALL"
	Rush   ActionKind = "RUSH"
	Hold   ActionKind = "HOLD"
	Fire   ActionKind = "FIRE"
	Seen   ActionKind = "SEEN"
)

// Action is what was done on a screen, perhaps while it was offline.
type Action struct {
	ID          uuid.UUID // made by the screen
	TicketID    uuid.UUID
	Kind        ActionKind
	TaskIDs     []uuid.UUID // none: all of the ticket at the stations
	StationIDs  []uuid.UUID // none: all
	SeenVersion int
	At          time.Time
	Reason      *string
	Minutes     *int // of Hold
}

// Outcome is what became of an action; the contract's KitchenActionOutcome.
type Outcome string

// The outcomes of an action.
const (
	Applied  Outcome = "APPLIED"
	Already  Outcome = "ALREADY"
	Conflict Outcome = "CONFLICT"
	Refused  Outcome = "REFUSED"
)

// Verdict is what became of an action, and why it wasn't done.
type Verdict struct {
	Outcome Outcome
	Why     *Why // nil of what was done, or had been
}

func applied() Verdict { return Verdict{Outcome: Applied} }
func already() Verdict { return Verdict{Outcome: Already} }

// doing is an action that is being applied.
type doing struct {
	Action
	expo uuid.UUID   // the expediter's station
	by   auth.Author // who did it
	at   time.Time   // when, as far as that can be
	now  time.Time   // when the server was told
}

// cannot is the verdict on what can't be done: whoever saw the ticket as it is should have known, and whoever saw it before
// it changed couldn't.
func (t *Ticket) cannot(a doing, why Why) Verdict {
	if a.SeenVersion < t.state.Version {
		return Verdict{Conflict, &why}
	}
	return Verdict{Refused, &why}
}

// Apply does what was done on a screen, or says why it can't be done: then nothing of the ticket has changed. Tasks were done
// when the screen says so, and the ticket changes now.
func (t *Ticket) Apply(action Action, expo uuid.UUID, by auth.Author, now time.Time) Verdict {
	a := doing{action, expo, by, t.within(action.At, now), now}
	switch {
	case t.state.Status == Cancelled && a.Kind == Seen:
		return already()
	case t.state.Status == Cancelled:
		return t.cannot(a, CalledOff)
	case t.state.Changed > a.SeenVersion && slices.Contains([]ActionKind{Start, Finish, Bump}, a.Kind):
		return t.cannot(a, ChangedMeanwhile)
	}
	switch a.Kind {
	case Start:
		return t.start(a)
	case Finish:
		return t.finish(a, t.chosen(a.Action), nil)
	case Bump:
		return t.bump(a)
	case Undo:
		return t.undo(a)
	case Recall:
		return t.recall(a)
	case Rush:
		return t.rush(a)
	case Hold:
		return t.hold(a)
	case Fire:
		return t.fireNow(a)
	case Seen:
		return t.see(a)
	}
	return t.cannot(a, NoSuchAction)
}

// within takes a time that lies after the server's clock, or before the ticket was there, for that.
func (t *Ticket) within(at, now time.Time) time.Time {
	at = at.UTC().Truncate(time.Millisecond)
	switch {
	case at.After(now):
		return now
	case at.Before(t.state.OpenedAt):
		return t.state.OpenedAt
	}
	return at
}

// place is where a task is in its ticket.
type place struct{ line, step int }

func (t *Ticket) at(p place) *Task { return &t.state.Lines[p.line].Tasks[p.step] }

// chosen are the tasks that an action names, in order: those of TaskIDs, or all, at the stations named.
func (t *Ticket) chosen(a Action) (places []place) {
	for i, l := range t.state.live() {
		for step, task := range l.Tasks {
			if (len(a.TaskIDs) == 0 || slices.Contains(a.TaskIDs, task.ID)) && (len(a.StationIDs) == 0 || slices.Contains(a.StationIDs, task.StationID)) {
				places = append(places, place{i, step})
			}
		}
	}
	return places
}

// those keeps the places whose task stands so.
func (t *Ticket) those(places []place, stands func(TaskStatus) bool) (kept []place) {
	for _, p := range places {
		if stands(t.at(p).Status) {
			kept = append(kept, p)
		}
	}
	return kept
}

func is(status TaskStatus) func(TaskStatus) bool {
	return func(s TaskStatus) bool { return s == status }
}
