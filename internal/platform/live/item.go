package live

import "pizzeria/internal/platform/events"

// Item is what a stream gives; the zero Item is nothing, for now.
type Item struct {
	Value Value
	Event *events.Recorded // what happened; nil with a Resync
}

// Value is a Change of the feed, or a *Resync: a member of the API's union. All who watch share it: don't change it.
type Value any

// Resync tells that what came after the reader's cursor can't be told, and why. The feed goes on from its own cursor.
type Resync struct {
	Cursor string
	Reason string
}
