package kitchenview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
)

// Changed is one event, and the ticket as it stood after it. The cursor continues exactly after this event.
type Changed struct {
	Cursor string
	Type   kitchen.EventType
	Actor  auth.Attribution
	Ticket *Ticket
	Digest string // of the reader's board after it
	At     time.Time
}

// change is what all readers share of a Changed.
type change struct {
	cursor string
	event  kitchen.EventType
	actor  auth.Attribution
	ticket *Ticket
}

// At implements live.Change.
func (c change) At(cursor string) live.Change {
	c.cursor = cursor
	return c
}

// Authorize implements live.Change.
func (c change) Authorize(by auth.Actor) error {
	if !c.ticket.VisibleTo(by) {
		return auth.Forbidden()
	}
	return nil
}

// known is a ticket as it is, and all that happened to it.
type known struct {
	ticket  *Ticket
	history history
}

// Feed opens streams of what happens to tickets; their items are *Changed.
type Feed struct {
	changes *live.Feed
	tickets *Tickets
	log     *events.Log
	now     func() time.Time
}

// NewFeed declares the feed of tickets.
func NewFeed(hub *live.Hub, tickets *Tickets, log *events.Log, now func() time.Time) *Feed {
	return &Feed{tickets: tickets, log: log, now: now, changes: live.NewFeed(hub, live.Declaration[known]{
		Streams: []events.Stream{kitchen.Stream}, Rows: tickets.known, Show: changed,
	})}
}

func (h *Tickets) known(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]known, error) {
	tickets, err := h.ByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	histories, err := h.histories(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]known, len(tickets))
	for id, t := range tickets {
		found[id] = known{t, histories[id]}
	}
	return found, nil
}

// changed shows an event with its ticket as it stood then, by a row that was read since; nil if there is no row.
func changed(e events.Recorded, row known) (live.Change, error) {
	if row.ticket == nil {
		return nil, nil
	}
	then, err := row.ticket.as(row.history.until(row.ticket.State, func(h kitchen.Event) bool { return h.Version <= e.Version }))
	if err != nil {
		return nil, err
	}
	if then.Version != e.Version {
		return nil, fmt.Errorf("event %d of ticket %s isn't in its history", e.Version, e.ID)
	}
	return change{event: kitchen.EventType(e.Type), actor: e.By.Attribution(&row.ticket.LocationID), ticket: then}, nil
}

// Open streams the changes of the tickets of a location, or of those with tasks at some stations, exactly behind the cursor.
// It fails with fault.Forbidden for all but the location's staff, and with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Open(ctx context.Context, by auth.Actor, at uuid.UUID, stations []uuid.UUID, after string) (*Stream, error) {
	if !by.At(at).Staff() {
		return nil, auth.Forbidden()
	}
	if len(stations) > maxStationIDs {
		return nil, tooManyStations()
	}
	changes, err := f.changes.Open(ctx, live.Request{By: by, LocationID: at, After: after, Mode: live.Every})
	if err != nil {
		return nil, err
	}
	return &Stream{Stream: changes, feed: f, at: at, stations: stations, after: after}, nil
}
