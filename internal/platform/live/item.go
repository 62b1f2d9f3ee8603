package live

import "pizzeria/internal/ordering/orderview"

// Item is what a feed gives: a *Change or a *Resync. Items are shared by all who watch the same order: don't change them.
type Item interface{ IsOrderFeed() }

// Change is one event, and the order as it stood after it. The cursor continues exactly after this event.
type Change struct {
	Cursor string
	Event  *orderview.Event
	Order  *orderview.Order
}

// IsOrderFeed marks the type as a member of the API's union.
func (Change) IsOrderFeed() {}

// Resync tells that what came after the reader's cursor can't be told, and why. The feed goes on from its own cursor.
type Resync struct {
	Cursor string
	Reason string
}

// IsOrderFeed marks the type as a member of the API's union.
func (Resync) IsOrderFeed() {}
