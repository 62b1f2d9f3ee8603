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
	Item       *MenuItem // as it is now; nil: it has gone from the menu
}

// At implements live.Change.
func (c *Changed) At(cursor string) live.Change {
	return &Changed{Cursor: cursor, MenuItemID: c.MenuItemID, Item: c.Item}
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
type Feed struct{ changes *live.Feed }

// NewFeed declares the feed of the menu.
func NewFeed(hub *live.Hub, items *ItemByIDHandler) *Feed {
	return &Feed{live.NewFeed(hub, live.Declaration[*MenuItem]{
		Streams: []events.Stream{menu.Stream}, Rows: items.Items, AsItIs: true,
		Show: func(e events.Recorded, row *MenuItem) (live.Change, error) {
			return &Changed{MenuItemID: e.ID, Item: row}, nil
		},
	})}
}

// Open streams the changes of all items, also of those that can't be ordered: from now on without a cursor (""), exactly what
// came after it with one, as far as the mode wants it. It fails with fault.BadUserInput if the cursor is malformed.
func (f *Feed) Open(ctx context.Context, by auth.Actor, after string, mode live.Mode) (*live.Stream, error) {
	return f.changes.Open(ctx, live.Request{By: by, After: after, Mode: mode})
}
