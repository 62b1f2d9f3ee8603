package kitchen

import (
	"time"

	"pizzeria/internal/platform/auth"
)

// EventType names what happened to a ticket; the contract's TicketEventType.
type EventType string

// The events of a ticket's life.
const (
	TicketOpened    EventType = "OPENED"
	TicketFired     EventType = "FIRED"
	TasksStarted    EventType = "STARTED"
	TasksDone       EventType = "DONE"
	TasksUndone     EventType = "UNDONE"
	TicketRecalled  EventType = "RECALLED"
	TicketRushed    EventType = "RUSHED"
	TicketHeld      EventType = "HELD"
	OrderChanged    EventType = "CHANGED"
	ChangeSeen      EventType = "SEEN"
	TicketCancelled EventType = "CANCELLED"
)

// Event is one change of a ticket; versions count from 1 without gaps.
type Event struct {
	Version int
	Type    EventType
	From    Status // empty for the first
	To      Status
	Delta   Delta
	By      auth.Author
	Reason  *string
	At      time.Time
}

// Delta is what an event has changed: applied to the ticket as it was before, it makes the ticket as it was after. Its JSON is the
// event's payload.
type Delta struct {
	Head
	Fire  map[int]time.Time `json:"fire,omitempty"`  // when lines may begin, by their index
	Tasks []TaskDelta       `json:"tasks,omitempty"` // what has changed
}

// TaskDelta is how far a task is after an event.
type TaskDelta struct {
	Line int `json:"line"` // from 0
	Step int `json:"step"` // from 0
	Progress
}

// delta tells what makes one state of a ticket into another one, which has the same tasks.
func delta(before, after State) Delta {
	d := Delta{Head: after.Head}
	for i, l := range after.Lines {
		if !l.FireAt.Equal(before.Lines[i].FireAt) {
			if d.Fire == nil {
				d.Fire = map[int]time.Time{}
			}
			d.Fire[i] = l.FireAt
		}
		for step, task := range l.Tasks {
			if task.Progress != before.Lines[i].Tasks[step].Progress {
				d.Tasks = append(d.Tasks, TaskDelta{i, step, task.Progress})
			}
		}
	}
	return d
}

// Apply makes of the ticket as it was before an event what it was after.
func (e Event) Apply(to State) State {
	s := to.clone()
	s.Version, s.Head = e.Version, e.Delta.Head
	s.RushReason, s.RecallReason = to.RushReason, to.RecallReason
	switch {
	case e.Type == TicketRushed:
		s.RushReason = e.Reason
	case e.Type == TicketRecalled:
		s.RecallReason = e.Reason
	case !s.Recalled:
		s.RecallReason = nil
	}
	for i, at := range e.Delta.Fire {
		s.Lines[i].FireAt = at
	}
	for _, t := range e.Delta.Tasks {
		task := &s.Lines[t.Line].Tasks[t.Step]
		task.Progress = t.Progress
		if t.Status == TaskDone {
			task.DoneBy, task.DoneByID = e.By.Name, e.By.ID
		}
	}
	return s
}
