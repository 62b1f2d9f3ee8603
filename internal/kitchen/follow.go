package kitchen

import "pizzeria/internal/ordering"

// Follow has the ticket follow a move that was made with its order itself: what was begun or done without the screens is so
// on them as well.
func (t *Ticket) Follow(e ordering.Event) {
	switch e.Type { //nolint:exhaustive // the others change nothing in the kitchen
	case ordering.PreparationStarted:
		if !t.state.begun() && !t.state.Status.Closed() {
			t.change(TasksStarted, e.Actor, e.Reason, e.At, func() {
				t.fireAll(e.At)
				t.tasks(func(l *Line, step int) {
					if step == 0 {
						l.Tasks[0].Status, l.Tasks[0].StartedAt = TaskStarted, &e.At
					}
				})
			})
		}
	case ordering.OrderReady:
		if !t.state.Status.Closed() {
			t.change(TasksDone, e.Actor, e.Reason, e.At, func() {
				for _, p := range t.those(t.chosen(Action{}), func(s TaskStatus) bool { return s != TaskDone }) {
					t.end(p, e.Actor, e.At)
				}
			})
		}
	case ordering.OrderCancelled, ordering.OrderRejected:
		if t.state.Status != Cancelled {
			t.change(TicketCancelled, e.Actor, e.Reason, e.At, func() { t.state.Status, t.state.ClosedAt = Cancelled, &e.At })
		}
	}
}

// Moves tells what has to be done with the order, which stands somewhere, since the ticket's tasks are as they are.
func (t *Ticket) Moves(from ordering.Status) (moves []ordering.Action) {
	if from == ordering.Confirmed && t.state.begun() {
		moves, from = append(moves, ordering.StartPreparing), ordering.Preparing
	}
	switch {
	case t.state.Status == Done && from == ordering.Preparing:
		moves = append(moves, ordering.MarkReady)
	case t.state.Status == Open && from != ordering.Preparing && from != ordering.Confirmed:
		moves = append(moves, ordering.Recall)
	}
	return moves
}
