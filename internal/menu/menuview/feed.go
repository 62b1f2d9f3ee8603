package menuview

import (
	"context"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
)

// Changed tells that a menu item has changed. The cursor continues exactly after that.
type Changed struct {
	Cursor     string
	MenuItemID uuid.UUID
	Item       *MenuItem // as the stream's location sells it now; nil: it has gone from the menu
	listing    *Listing  // as it is now; nil: it has gone from the menu
}

// At implements live.Change.
func (c *Changed) At(cursor string) live.Change {
	return &Changed{Cursor: cursor, MenuItemID: c.MenuItemID, listing: c.listing}
}

// Authorize implements live.Change: everybody may know that an item has changed.
func (*Changed) Authorize(auth.Actor) error { return nil }

// Shown is the item as the actor may see it; nil if it has gone from the menu, or is hidden from them.
func (c *Changed) Shown(to auth.Actor) *MenuItem {
	if c.Item == nil || !c.Item.VisibleTo(to) {
		return nil
	}
	return c.Item
}

// Feed opens streams of changes of the menu; their items are *Changed.
type Feed struct {
	changes *live.Feed
	items   *ItemByIDHandler
}

// NewFeed declares the feed of the menu.
func NewFeed(hub *live.Hub, items *ItemByIDHandler) *Feed {
	return &Feed{items: items, changes: live.NewFeed(hub, live.Declaration[*Listing]{
		Streams: []events.Stream{menu.Stream}, Rows: items.Listings, AsItIs: true,
		Show: func(e events.Recorded, row *Listing) (live.Change, error) {
			return &Changed{MenuItemID: e.ID, listing: row}, nil
		},
	})}
}

// Open streams the changes of all items at a location, also of those that can't be ordered: from now on without a cursor (""),
// exactly what came after it with one, as far as the mode wants it. It fails with fault.BadUserInput if the cursor is
// malformed, and with fault.NotFound if there is no such location.
func (f *Feed) Open(ctx context.Context, by auth.Actor, at uuid.UUID, after string, mode live.Mode) (*Stream, error) {
	changes, err := f.changes.Open(ctx, live.Request{
		By: by, LocationID: at, After: after, Mode: mode,
		Check: func(ctx context.Context) error { return f.items.requireLocation(ctx, at) },
	})
	if err != nil {
		return nil, err
	}
	return &Stream{Stream: changes, at: at}, nil
}

// Stream gives the changes of the menu as one location sees them. The hub's changes are for all.
type Stream struct {
	*live.Stream
	at uuid.UUID
}

// Next is live.Stream.Next.
func (s *Stream) Next(ctx context.Context) (live.Item, error) {
	item, err := s.Stream.Next(ctx)
	if c, ok := item.Value.(*Changed); ok {
		here := *c
		if c.listing != nil {
			here.Item = c.listing.At(s.at)
		}
		item.Value = &here
	}
	return item, err
}
