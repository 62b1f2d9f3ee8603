package kitchen

import (
	"slices"
	"time"

	"pizzeria/internal/platform/auth"
)

// quickestTask is what the hands take at least between the beginning and the end of a task that somebody said they began.
const quickestTask = 3 * time.Second

// start begins the tasks that are queued. The whole ticket's are those that may begin now.
func (t *Ticket) start(a doing) Verdict {
	chosen := t.chosen(a.Action)
	queued := t.those(chosen, is(TaskQueued))
	switch {
	case len(chosen) == 0:
		return t.cannot(a, NoSuchTask)
	case len(queued) == 0 && len(t.those(chosen, TaskStatus.begun)) > 0:
		return already()
	case len(queued) == 0:
		return t.cannot(a, NotYet)
	}
	t.change(TasksStarted, a.by, nil, a.now, func() {
		for _, p := range queued {
			task := t.at(p)
			task.Status, task.StartedAt = TaskStarted, &a.at
			if p.step == 0 {
				t.retime(t.state.Lines[p.line].Takes, a.at)
			}
		}
		t.fire(a.now)
	})
	return applied()
}

// finish ends tasks, each of which may begin or comes behind one that is ended as well.
func (t *Ticket) finish(a doing, chosen []place, reason *string) Verdict {
	left := t.those(chosen, func(s TaskStatus) bool { return s != TaskDone })
	switch {
	case len(chosen) == 0:
		return t.cannot(a, NoSuchTask)
	case len(left) == 0:
		return already()
	case slices.ContainsFunc(left, func(p place) bool { return !t.reached(p, left) }):
		return t.cannot(a, StationBefore)
	}
	t.change(TasksDone, a.by, reason, a.now, func() {
		for _, p := range left {
			t.end(p, a.by, a.at)
		}
	})
	return applied()
}

// reached tells whether a task may be ended now: it is queued or begun, or all before it are ended as well.
func (t *Ticket) reached(p place, ended []place) bool {
	if t.at(p).Status != TaskWaiting {
		return true
	}
	before := place{p.line, p.step - 1}
	return p.step > 0 && slices.Contains(ended, before) && t.reached(before, ended)
}

func (t *Ticket) end(p place, by auth.Author, at time.Time) {
	task, line := t.at(p), t.state.Lines[p.line]
	if task.QueuedAt == nil {
		task.QueuedAt = &at
	}
	task.Status, task.DoneAt, task.DoneBy, task.DoneByID = TaskDone, &at, by.Name, by.ID
	beforeLast := p.step == max(0, len(line.Tasks)-2)
	task.TooFast = task.StartedAt != nil && at.Sub(*task.StartedAt) < quickestTask ||
		beforeLast && line.Least > 0 && at.Sub(*line.Tasks[0].QueuedAt) < line.Least
}

// bump ends what is left at the stations given. The expediter hands on what isn't done elsewhere only for a reason.
func (t *Ticket) bump(a doing) Verdict {
	if len(a.StationIDs) == 0 {
		return t.finish(a, t.chosen(a.Action), a.Reason)
	}
	chosen := t.chosen(a.Action)
	open := t.those(chosen, func(s TaskStatus) bool { return s == TaskQueued || s == TaskStarted })
	waiting := t.those(chosen, is(TaskWaiting))
	switch {
	case slices.Contains(a.StationIDs, a.expo) && len(waiting) > 0 && a.Reason == nil:
		return t.cannot(a, NotAllDone)
	case slices.Contains(a.StationIDs, a.expo) && len(waiting) > 0:
		return t.finish(a, t.chosen(Action{}), a.Reason)
	case len(open) == 0 && len(waiting) > 0:
		return t.cannot(a, NothingHere)
	case len(open) > 0:
		chosen = open
	}
	return t.finish(a, chosen, a.Reason)
}
