package kitchen

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// undo takes the last beginning or end of the tasks back: of those named, or of what was done last at the stations.
func (t *Ticket) undo(a doing) Verdict {
	begun := t.those(t.chosen(a.Action), TaskStatus.begun)
	if len(begun) == 0 {
		return already()
	}
	if len(a.TaskIDs) == 0 {
		begun = t.lastOf(begun)
	}
	for _, p := range begun {
		next := place{p.line, p.step + 1}
		if next.step < len(t.state.Lines[p.line].Tasks) && t.at(next).Status.begun() && !slices.Contains(begun, next) {
			return t.cannot(a, NextHasBegun)
		}
	}
	t.change(TasksUndone, a.by, nil, a.now, func() {
		for _, p := range begun {
			t.back(p)
		}
	})
	return applied()
}

// back takes a task to where it was before it was ended, or else begun.
func (t *Ticket) back(p place) {
	task := t.at(p)
	before := Progress{Status: TaskQueued, QueuedAt: task.QueuedAt}
	if task.Status == TaskDone && task.StartedAt != nil {
		before.Status, before.StartedAt = TaskStarted, task.StartedAt
	}
	task.Progress = before
}

// lastOf keeps what was begun or ended last.
func (t *Ticket) lastOf(places []place) (last []place) {
	var when time.Time
	for _, p := range places {
		switch moved := t.at(p).moved(); {
		case moved.After(when):
			last, when = []place{p}, moved
		case moved.Equal(when):
			last = append(last, p)
		}
	}
	return last
}

// moved is when a task was ended, or else begun.
func (p Progress) moved() time.Time {
	switch {
	case p.DoneAt != nil:
		return *p.DoneAt
	case p.StartedAt != nil:
		return *p.StartedAt
	}
	return time.Time{}
}

// recall brings back what was done at the stations given, or the expediter's. What comes behind it is to be done again.
func (t *Ticket) recall(a doing) Verdict {
	if len(a.StationIDs) == 0 && len(a.TaskIDs) == 0 {
		a.StationIDs = []uuid.UUID{a.expo}
	}
	done := t.those(t.chosen(a.Action), is(TaskDone))
	if len(done) == 0 {
		if len(t.chosen(a.Action)) == 0 {
			return t.cannot(a, NoSuchTask)
		}
		return already()
	}
	t.change(TicketRecalled, a.by, a.Reason, a.now, func() {
		for _, p := range done {
			t.back(p)
			for step := p.step + 1; step < len(t.state.Lines[p.line].Tasks); step++ {
				t.at(place{p.line, step}).Progress = Progress{Status: TaskWaiting}
			}
		}
		t.state.Recalled, t.state.RecallReason = true, a.Reason
	})
	return applied()
}
