package kitchen

import (
	"encoding/json"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// Stream is a ticket's in the log of events.
const Stream = "TICKET"

// Status is where a ticket stands; the contract's TicketStatus.
type Status string

// The states of a ticket.
const (
	Held      Status = "HELD"
	Open      Status = "OPEN"
	Done      Status = "DONE"
	Cancelled Status = "CANCELLED"
)

// Closed tells whether nothing of the ticket is to be done.
func (s Status) Closed() bool { return s == Done || s == Cancelled }

// TaskStatus is where the task of a station stands; the contract's enum.
type TaskStatus string

// The states of a task.
const (
	TaskWaiting TaskStatus = "WAITING"
	TaskQueued  TaskStatus = "QUEUED"
	TaskStarted TaskStatus = "STARTED"
	TaskDone    TaskStatus = "DONE"
)

// begun tells whether somebody has begun with the task.
func (s TaskStatus) begun() bool { return s == TaskStarted || s == TaskDone }

// Ticket is the aggregate root: an order in the kitchen. Its methods are the only way to change it, and each records one event.
type Ticket struct {
	state  State
	events []Event
}

// State is a ticket. Head and the tasks' Progress change. Lines are all that the ticket ever had; those that are of it now
// are the live ones. A line is never taken out, since events name lines by their index.
type State struct {
	ID         uuid.UUID
	OrderID    uuid.UUID
	LocationID uuid.UUID
	Version    int
	OpenedAt   time.Time
	Head
	Lines []Line
}

// Head is what changes of a ticket as a whole. Its JSON is part of each of its events.
type Head struct {
	Status   Status     `json:"status"`
	DueAt    time.Time  `json:"dueAt"` // when it must leave the kitchen to keep the promise
	ClosedAt *time.Time `json:"closedAt,omitempty"`
	IsRush   bool       `json:"isRush,omitempty"`     // somebody wants it before others
	Recalled bool       `json:"isRecalled,omitempty"` // it was done, and isn't any more
	// Changed is the version in which its order was changed, until somebody has seen that; else 0.
	Changed int `json:"changed,omitempty"`
	// Unseen is the version of the first change that nobody has seen; 0 if there is none.
	Unseen int `json:"unseen,omitempty"`

	RushReason   *string `json:"-"` // that of the event
	RecallReason *string `json:"-"` // that of the event; nil if nobody said
}

// Line is one line of the order, with its tasks in the order of the work.
type Line struct {
	ItemID uuid.UUID
	FireAt time.Time     // when its first task may begin
	Takes  time.Duration // as configured, or learned, from then until it is done
	Least  time.Duration // what it takes even the fastest: the oven
	Tasks  []Task

	// Since and Until are the versions of the ticket since which, and until which, the line is of it; 0: it still is. Both are
	// known of each line, also of a ticket as it was before.
	Since, Until int
	Replaces     *int            // the index of the line in whose place it came; nil: of none
	Was          json.RawMessage // what it was of the order, once it isn't of the ticket any more
}

// live tells whether the line is of the ticket at a version.
func (l Line) live(version int) bool {
	return l.Since <= version && (l.Until == 0 || version < l.Until)
}

// live are the lines that are of the ticket, by their index.
func (s State) live() iter.Seq2[int, Line] {
	return func(yield func(int, Line) bool) {
		for i, l := range s.Lines {
			if l.live(s.Version) && !yield(i, l) {
				return
			}
		}
	}
}

// fired tells whether the line may begin, or has begun.
func (l Line) fired() bool { return l.Tasks[0].Status != TaskWaiting }

// begun tells whether somebody has begun with the line.
func (l Line) begun() bool {
	return slices.ContainsFunc(l.Tasks, func(t Task) bool { return t.Status.begun() })
}

// Task is what one station does for a line.
type Task struct {
	ID        uuid.UUID
	StationID uuid.UUID
	Progress
}

// Progress is how far a task is. Its JSON is part of the events that change it.
type Progress struct {
	Status    TaskStatus `json:"status"`
	QueuedAt  *time.Time `json:"queuedAt,omitempty"`  // since it may be begun
	StartedAt *time.Time `json:"startedAt,omitempty"` // nil: nobody said so
	DoneAt    *time.Time `json:"doneAt,omitempty"`
	TooFast   bool       `json:"tooFast,omitempty"` // faster than anybody can

	DoneBy   *string    `json:"-"` // the name of the event's author
	DoneByID *uuid.UUID `json:"-"` // whose name it is
}

// Began is when the task was begun; of one that nobody said was begun, when it could be.
func (p Progress) Began() *time.Time {
	if p.StartedAt == nil && p.Status == TaskDone {
		return p.QueuedAt
	}
	return p.StartedAt
}

// Restore makes a stored ticket from its state.
func Restore(s State) *Ticket { return &Ticket{state: s} }

// State returns the ticket as it is now.
func (t *Ticket) State() State { return t.state }

// Events returns what happened since the ticket was opened or restored.
func (t *Ticket) Events() []Event { return t.events }

// NextFireAt is when the next of its lines may begin; nil if none waits for a time.
func (s State) NextFireAt() *time.Time {
	var next *time.Time
	for _, l := range s.live() {
		if !s.Status.Closed() && !l.fired() && (next == nil || l.FireAt.Before(*next)) {
			next = new(l.FireAt)
		}
	}
	return next
}

// FireAt is when the kitchen may begin, or might have begun.
func (s State) FireAt() time.Time {
	var first time.Time
	for _, l := range s.live() {
		if first.IsZero() || l.FireAt.Before(first) {
			first = l.FireAt
		}
	}
	return first
}

// begun tells whether somebody has begun with the ticket.
func (s State) begun() bool {
	for _, l := range s.live() {
		if l.begun() {
			return true
		}
	}
	return false
}

// tasks calls do with each task; it may change it.
func (t *Ticket) tasks(do func(line *Line, step int)) {
	for i := range t.state.live() {
		for step := range t.state.Lines[i].Tasks {
			do(&t.state.Lines[i], step)
		}
	}
}

// change lets do change the ticket as of its next version, brings what follows from it up to date, and records the event.
func (t *Ticket) change(event EventType, by auth.Author, reason *string, at time.Time, do func()) {
	before := t.state.clone()
	t.state.Version++
	do()
	t.settle(at)
	t.events = append(t.events, Event{
		Version: t.state.Version, Type: event, From: before.Status, To: t.state.Status, Delta: delta(before, t.state), By: by, Reason: reason, At: at,
	})
}

// settle brings up to date what follows: a task is queued once the one before it is done, and the ticket is done once all are.
func (t *Ticket) settle(at time.Time) {
	done, fired := true, false
	t.tasks(func(l *Line, step int) {
		task := &l.Tasks[step]
		if step > 0 && !task.Status.begun() {
			switch before := l.Tasks[step-1]; {
			case before.Status != TaskDone:
				task.Progress = Progress{Status: TaskWaiting}
			case task.Status == TaskWaiting:
				task.Progress = Progress{Status: TaskQueued, QueuedAt: before.DoneAt}
			}
		}
		done, fired = done && task.Status == TaskDone, fired || l.fired()
	})
	h := &t.state.Head
	switch {
	case h.Status == Cancelled:
	case done && h.Status != Done:
		h.Status, h.ClosedAt, h.Recalled, h.RecallReason = Done, &at, false, nil
	case !done && fired:
		h.Status, h.ClosedAt = Open, nil
	case !done:
		h.Status, h.ClosedAt = Held, nil
	}
}

// clone copies what methods change in place.
func (s State) clone() State {
	s.Lines = slices.Clone(s.Lines)
	for i := range s.Lines {
		s.Lines[i].Tasks = slices.Clone(s.Lines[i].Tasks)
	}
	return s
}
