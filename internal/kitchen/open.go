package kitchen

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// fireMargin is how long before it must begin a scheduled order fires, so that it isn't late where something is.
const fireMargin = 5 * time.Minute

// Confirmed is an order that the kitchen gets.
type Confirmed struct {
	OrderID    uuid.UUID
	LocationID uuid.UUID
	Scheduled  bool
	DueAt      time.Time // when it must leave the kitchen to keep the promise
	Lines      []ConfirmedLine
}

// ConfirmedLine is one line of the order.
type ConfirmedLine struct {
	ItemID uuid.UUID
	Dish   Dish
	Takes  time.Duration
	Least  time.Duration // what it takes even the fastest
}

// OpenTicket makes the ticket of an order. An order for later is held until shortly before the kitchen has to begin; of any order, lines
// begin so that all are done together: the longest first. Ids follow from the order's.
func OpenTicket(order Confirmed, stations Stations, routes Routes, by auth.Author, at time.Time) *Ticket {
	t := &Ticket{state: State{ID: uuid.NewSHA1(order.OrderID, []byte("ticket")), OrderID: order.OrderID, LocationID: order.LocationID, OpenedAt: at}}
	longest := time.Duration(0)
	for _, l := range order.Lines {
		longest = max(longest, l.Takes)
	}
	first := at
	if begins := order.DueAt.Add(-longest - fireMargin); order.Scheduled && begins.After(at) {
		first = begins
	}
	for i, l := range order.Lines {
		line := Line{ItemID: l.ItemID, Takes: l.Takes, Least: l.Least}
		passes, _ := routes.Of(l.Dish, stations)
		for step, station := range passes {
			line.Tasks = append(line.Tasks, Task{ID: uuid.NewSHA1(t.state.ID, fmt.Appendf(nil, "%d/%d", i, step)), StationID: station})
		}
		t.state.Lines = append(t.state.Lines, line)
	}
	t.change(TicketOpened, by, nil, at, func() {
		t.state.DueAt = order.DueAt
		for i := range t.state.Lines {
			t.state.Lines[i].FireAt = first.Add(longest - t.state.Lines[i].Takes)
		}
		t.tasks(func(l *Line, step int) { l.Tasks[step].Status = TaskWaiting })
		t.fire(at)
	})
	return t
}

// Blank is the ticket as it was before its first event: what it has of lines and tasks.
func (s State) Blank() State {
	blank := s.clone()
	blank.Version, blank.Head = 0, Head{}
	for i := range blank.Lines {
		blank.Lines[i].FireAt = time.Time{}
		for step := range blank.Lines[i].Tasks {
			blank.Lines[i].Tasks[step].Progress = Progress{}
		}
	}
	return blank
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
