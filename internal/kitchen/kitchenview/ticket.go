// Package kitchenview is the read side of kitchens: boards of tickets, as they are and as they were, their feed, and stations.
package kitchenview

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
)

// Ticket is an order in the kitchen, as the API shows it.
type Ticket struct {
	kitchen.State
	Order    *orderview.Order
	Items    []*TicketItem
	stations map[uuid.UUID]*Station
}

// TicketItem is one line of an order in the kitchen.
type TicketItem struct {
	ID     uuid.UUID
	Item   *orderview.Item
	Tasks  []*Task
	FireAt time.Time
}

// Task is what one station does for a line.
type Task struct {
	ID      uuid.UUID
	Station *Station
	kitchen.Progress
}

// IsNode marks the ticket as a node of the API.
func (*Ticket) IsNode() {}

// VisibleTo tells whether an actor may see the ticket: who works at its location.
func (t *Ticket) VisibleTo(by auth.Actor) bool { return by.At(t.LocationID).Staff() }

// IsChanged tells whether its order was changed since somebody said that it was seen.
func (t *Ticket) IsChanged() bool { return t.Changed > 0 }

// StartedAt is when the task was begun; of one that nobody said was begun, when it could be.
func (t *Task) StartedAt() *time.Time { return t.Began() }

// passes tells whether the ticket has a task at one of the stations; none are all.
func passes(s kitchen.State, stations []uuid.UUID) bool {
	return len(stations) == 0 || slices.ContainsFunc(s.Lines, func(l kitchen.Line) bool {
		return slices.ContainsFunc(l.Tasks, func(t kitchen.Task) bool { return slices.Contains(stations, t.StationID) })
	})
}

// show makes what the API shows of a ticket, with its order as it is now.
func show(s kitchen.State, order *orderview.Order, stations map[uuid.UUID]*Station) (*Ticket, error) {
	ordered, err := order.Items()
	if err != nil {
		return nil, err
	}
	t := &Ticket{State: s, Order: order, stations: stations}
	for _, l := range s.Lines {
		i := slices.IndexFunc(ordered, func(item orderview.Item) bool { return item.ID == l.ItemID })
		if i < 0 {
			continue
		}
		item := &TicketItem{ID: l.ItemID, Item: &ordered[i], FireAt: l.FireAt}
		for _, task := range l.Tasks {
			item.Tasks = append(item.Tasks, &Task{ID: task.ID, Station: stations[task.StationID], Progress: task.Progress})
		}
		t.Items = append(t.Items, item)
	}
	return t, nil
}

// as is the same ticket as it was at another moment.
func (t *Ticket) as(s kitchen.State) (*Ticket, error) { return show(s, t.Order, t.stations) }

// ActionResult is what became of an action, with its ticket as it stands now.
type ActionResult struct {
	ID      uuid.UUID
	Outcome kitchen.Outcome
	Ticket  *Ticket // nil: there is none
	Reason  *kitchen.Why
	// Overtakes are the numbers of the orders that a rush has put behind, in order.
	Overtakes []string
}

// Message says the reason in English; nil if there is none.
func (r *ActionResult) Message() *string {
	if r.Reason == nil {
		return nil
	}
	return new(r.Reason.Message())
}
