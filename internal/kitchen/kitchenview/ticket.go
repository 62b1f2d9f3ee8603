// Package kitchenview is the read side of kitchens: boards of tickets, as they are and as they were, their feed, and stations.
package kitchenview

import (
	"encoding/json"
	"fmt"
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
	Change *kitchen.LineChange // until somebody has said SEEN; nil: it wasn't changed
	Before *orderview.Item     // what it was; nil if it wasn't changed, or is new
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

// passes tells whether the ticket shows a task at one of the stations; none are all.
func passes(s kitchen.State, stations []uuid.UUID) bool {
	return len(stations) == 0 || slices.ContainsFunc(s.Shown(), func(l kitchen.Shown) bool {
		return slices.ContainsFunc(s.Lines[l.Index].Tasks, func(t kitchen.Task) bool { return slices.Contains(stations, t.StationID) })
	})
}

// show makes what the API shows of a ticket, with its order as it is now.
func show(s kitchen.State, order *orderview.Order, stations map[uuid.UUID]*Station) (*Ticket, error) {
	ordered, err := order.Items()
	if err != nil {
		return nil, err
	}
	t := &Ticket{State: s, Order: order, stations: stations}
	for _, shown := range s.Shown() {
		l := s.Lines[shown.Index]
		item := &TicketItem{ID: l.ItemID, FireAt: l.FireAt, Change: shown.Change}
		if item.Item, err = itemOf(l, ordered); err != nil {
			return nil, err
		}
		if item.Item == nil {
			continue
		}
		if shown.Before != nil {
			if item.Before, err = itemOf(s.Lines[*shown.Before], ordered); err != nil {
				return nil, err
			}
		}
		for _, task := range l.Tasks {
			item.Tasks = append(item.Tasks, &Task{ID: task.ID, Station: stations[task.StationID], Progress: task.Progress})
		}
		t.Items = append(t.Items, item)
	}
	return t, nil
}

// itemOf is what a line is of its order; of one that isn't of the ticket any more, what it was. Nil if neither is there.
func itemOf(l kitchen.Line, ordered []orderview.Item) (*orderview.Item, error) {
	if l.Until > 0 {
		was := new(orderview.Item)
		if err := json.Unmarshal(l.Was, was); err != nil {
			return nil, fmt.Errorf("read what line %s was: %w", l.ItemID, err)
		}
		return was, nil
	}
	i := slices.IndexFunc(ordered, func(item orderview.Item) bool { return item.ID == l.ItemID })
	if i < 0 {
		return nil, nil
	}
	return &ordered[i], nil
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
