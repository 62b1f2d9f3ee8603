package live

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
)

// FeedOptions may be left zero.
type FeedOptions struct {
	MaxGap int // the most events that a reader may catch up with; 10,000
	Page   int // how many of them are read at once; 256
	// Allowed looks anew whether the stream's session and roles still stand. It is asked before an event is delivered,
	// at most once a second for each stream; its error ends the stream. Nil allows.
	Allowed func(ctx context.Context) error
	// Explain gives an error its code. Opening fails with UNAVAILABLE where the database can't be asked; a stream that is
	// open waits until it can. Nil leaves errors as they are.
	Explain func(error) error
	Now     func() time.Time
}

// Feed opens streams of order events. A stream's items are in order for each order.
type Feed struct {
	log *events.Log
	hub *Hub
	o   FeedOptions
}

// NewFeed returns the feed of what the hub delivers. The tail that feeds the hub must have been made before.
func NewFeed(log *events.Log, hub *Hub, o FeedOptions) *Feed {
	o.MaxGap, o.Page = cmp.Or(o.MaxGap, 10_000), cmp.Or(o.Page, 256)
	if o.Explain == nil {
		o.Explain = func(err error) error { return err }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Feed{log: log, hub: hub, o: o}
}

// Order streams the changes of one order. Without a cursor ("") it begins with the current state: the newest event. With
// one, of either mode, it gives exactly what came after, as far as the mode wants it. It fails with fault.NotFound if
// there is no such order that the actor may see, and with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Order(ctx context.Context, by auth.Actor, orderID uuid.UUID, after string, mode Mode) (*Stream, error) {
	if orderID == uuid.Nil {
		return nil, ordering.NotFound()
	}
	s, err := f.open(ctx, by, events.Filter{OrderID: orderID, Latest: mode == Latest}, after)
	if err != nil {
		return nil, err
	}
	if err := s.begin(ctx, orderID, after == ""); err != nil {
		s.Close()
		return nil, f.o.Explain(fmt.Errorf("open the feed of an order: %w", err))
	}
	return s, nil
}

// Kitchen streams the changes of all orders, to any state or only to those named: from now on without a cursor (""),
// exactly what came after it with one, of either mode, as far as the mode wants it. It fails with fault.Forbidden for
// all but staff, and with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Kitchen(ctx context.Context, by auth.Actor, to []ordering.Status, after string, mode Mode) (*Stream, error) {
	if !by.Staff() {
		return nil, fault.New(fault.Forbidden, "Your account may not do this.")
	}
	s, err := f.open(ctx, by, events.Filter{Statuses: to, Latest: mode == Latest}, after)
	if err != nil {
		return nil, err
	}
	if after == "" {
		if s.at, err = f.log.Now(ctx); err != nil {
			s.Close()
			return nil, f.o.Explain(fmt.Errorf("open the kitchen's feed: %w", err))
		}
	}
	return s, nil
}

// open subscribes before anything is read, so that nothing falls between, and finds out whether the cursor will do.
func (f *Feed) open(ctx context.Context, by auth.Actor, only events.Filter, after string) (*Stream, error) {
	s := &Stream{feed: f, by: by, only: only, behind: after != "", checked: f.o.Now()}
	var err error
	if after != "" {
		if s.at, err = events.Decode(after); err != nil {
			return nil, err
		}
	}
	s.live = f.hub.subscribe(only)
	if after != "" {
		if err := s.check(ctx); err != nil {
			s.Close()
			return nil, f.o.Explain(fmt.Errorf("open a feed: %w", err))
		}
	}
	return s, nil
}
