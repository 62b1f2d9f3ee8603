package orderview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
)

// Changed is one event, and the order as it stood after it. The cursor continues exactly after this event.
type Changed struct {
	Cursor string
	Event  *Event
	Order  *Order
}

// At implements live.Change.
func (c *Changed) At(cursor string) live.Change {
	return &Changed{Cursor: cursor, Event: c.Event, Order: c.Order}
}

// Authorize implements live.Change: what one may not see doesn't exist.
func (c *Changed) Authorize(by auth.Actor) error {
	if !c.Order.VisibleTo(by) {
		return ordering.NotFound()
	}
	return nil
}

// Feed opens streams of what happens to orders; their items are *Changed.
type Feed struct {
	changes *live.Feed
	orders  *ByIDHandler
}

// NewFeed declares the feed of orders.
func NewFeed(hub *live.Hub, orders *ByIDHandler) *Feed {
	return &Feed{orders: orders, changes: live.NewFeed(hub, live.Declaration[*Order]{
		Streams: []events.Stream{ordering.Stream}, Rows: orders.Orders, Show: changed,
	})}
}

// Order streams the changes of one order. Without a cursor ("") it begins with the current state: the newest event. With
// one, of either mode, it gives exactly what came after, as far as the mode wants it. It fails with fault.NotFound if
// there is no such order that the actor may see, and with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Order(ctx context.Context, by auth.Actor, id uuid.UUID, after string, mode live.Mode) (*live.Stream, error) {
	if id == uuid.Nil {
		return nil, ordering.NotFound()
	}
	r := live.Request{By: by, ID: id, After: after, Mode: mode, Current: true}
	if after != "" {
		r.Check = func(ctx context.Context) error { return f.mustSee(ctx, by, id) }
	}
	s, err := f.changes.Open(ctx, r)
	if errors.Is(err, live.ErrNothing) || fault.Is(err, fault.NotFound) {
		return nil, ordering.NotFound() // the two look the same
	}
	return s, err
}

// Kitchen streams the changes of all orders of a location, to any state or only to those named: from now on without a cursor (""),
// exactly what came after it with one, of either mode, as far as the mode wants it. It fails with fault.Forbidden for
// all but the location's staff, and with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Kitchen(ctx context.Context, by auth.Actor, at uuid.UUID, to []ordering.Status, after string, mode live.Mode) (*live.Stream, error) {
	if !by.At(at).Staff() {
		return nil, auth.Forbidden()
	}
	return f.changes.Open(ctx, live.Request{By: by, LocationID: at, Types: typesTo(to), After: after, Mode: mode})
}

// mustSee refuses with fault.NotFound an order that isn't there, or isn't the actor's to see.
func (f *Feed) mustSee(ctx context.Context, by auth.Actor, id uuid.UUID) error {
	found, err := f.orders.Orders(ctx, []uuid.UUID{id})
	if err != nil {
		return err
	}
	if order := found[id]; order == nil || !order.VisibleTo(by) {
		return ordering.NotFound()
	}
	return nil
}

// typesTo names the events that lead to one of the states; nil if any will do.
func typesTo(states []ordering.Status) []string {
	if states == nil {
		return nil
	}
	types := []string{}
	for _, event := range ordering.EventsTo(states) {
		types = append(types, string(event))
	}
	return types
}

// changed shows an event with its order as it stood then, by a row that was read since; nil if there is no row.
func changed(e events.Recorded, row *Order) (live.Change, error) {
	if row == nil {
		return nil, nil
	}
	if e.To == nil {
		return nil, fmt.Errorf("event %d of order %s leads to no state", e.Version, e.ID)
	}
	var payload struct {
		Payment ordering.PaymentSnapshot
		Promise *location.Promise
	}
	if err := json.Unmarshal(e.Payload, &payload); err != nil {
		return nil, fmt.Errorf("read event %d of order %s: %w", e.Version, e.ID, err)
	}
	event := Event{
		Version: e.Version, Type: ordering.EventType(e.Type), From: (*ordering.Status)(e.From), To: ordering.Status(*e.To),
		Actor: e.By.Attribution(&row.LocationID), Reason: e.Reason, At: e.At, Promise: payload.Promise,
	}
	then, err := row.AsOf(event, payload.Payment)
	if err != nil {
		return nil, err
	}
	return &Changed{Event: &event, Order: then}, nil
}
