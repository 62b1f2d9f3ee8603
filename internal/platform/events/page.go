package events

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// Stream is a kind of aggregate, whose events share a vocabulary; the log's column.
type Stream string

// Recorded is one event as the log has it.
type Recorded struct {
	// Cursor continues exactly after this event.
	Cursor   Cursor
	Position int64
	XID      uint64
	At       time.Time
	Stream   Stream
	ID       uuid.UUID // the aggregate's
	// LocationID is where it happened; nil: it concerns all locations.
	LocationID *uuid.UUID
	Version    int // counts the aggregate's events from 1
	Type       string
	From       *string // the aggregate's state before; nil if there was none
	To         *string // and after; nil of an aggregate without states
	Payload    json.RawMessage
	By         auth.Author
	Reason     *string
}

// Batch is what came after a cursor: events in the order of their positions, which for each stream is the order of its
// versions.
type Batch struct {
	Events []Recorded
	// Next continues after the batch, whether or not it has events.
	Next Cursor
	// More tells that reading on from Next may find events at once.
	More bool
}

// page makes a batch of the rows that a statement found after a cursor, at most limit, and gives each its cursor. Until
// a batch has been read to its end, all its pages share the snapshot that bounded the first.
func page(after Cursor, now moment, rows []Recorded, limit int) Batch {
	bound := after.batch
	if !after.within() {
		bound = now.cursor().seen
	}
	complete := len(rows) < limit
	end := Cursor{database: after.database, seen: bound}
	for i := range rows {
		rows[i].Cursor = Cursor{database: after.database, seen: after.seen, batch: bound, position: rows[i].Position}
		if complete && i == len(rows)-1 {
			rows[i].Cursor = end // the same, but shorter
		}
	}
	if complete {
		return Batch{Events: rows, Next: end, More: after.within()}
	}
	return Batch{Events: rows, Next: rows[len(rows)-1].Cursor, More: true}
}
