package kitchen

import (
	"fmt"
	"slices"
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

// OpenTicket makes the ticket of an order. An order for later is held until shortly before the kitchen has to begin; of any
// order, lines begin so that all are done together: the longest first. Ids follow from the order's.
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
	t.change(TicketOpened, by, nil, at, func() {
		for i, l := range order.Lines {
			t.state.Lines = append(t.state.Lines, t.line(i, l, stations, routes))
		}
		t.state.DueAt = order.DueAt
		for i := range t.state.Lines {
			t.state.Lines[i].FireAt = first.Add(longest - t.state.Lines[i].Takes)
		}
		t.fire(at)
	})
	return t
}

// line makes the line of a ticket that gets the index, along its route, since the ticket's version. Ids follow from the ticket's.
func (t *Ticket) line(index int, l ConfirmedLine, stations Stations, routes Routes) Line {
	line := Line{ItemID: l.ItemID, Takes: l.Takes, Least: l.Least, Since: t.state.Version}
	passes, _ := routes.Of(l.Dish, stations)
	for step, station := range passes {
		id := uuid.NewSHA1(t.state.ID, fmt.Appendf(nil, "%d/%d", index, step))
		line.Tasks = append(line.Tasks, Task{ID: id, StationID: station, Progress: Progress{Status: TaskWaiting}})
	}
	return line
}

// Blank is the ticket as it was before its first event: what it has, or will have, of lines and tasks.
func (s State) Blank() State {
	blank := s.clone()
	blank.Version, blank.Head = 0, Head{}
	for i := range blank.Lines {
		blank.Lines[i] = blank.Lines[i].blank()
	}
	return blank
}

// blank is the line without what events tell of it.
func (l Line) blank() Line {
	l.FireAt, l.Tasks = time.Time{}, slices.Clone(l.Tasks)
	for step := range l.Tasks {
		l.Tasks[step].Progress = Progress{}
	}
	return l
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
