package auditview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// Entry is one thing that somebody did.
type Entry struct {
	ID         uuid.UUID
	At         time.Time
	Actor      auth.Attribution
	ActorID    *uuid.UUID // the account; nil for the server and its operator
	Action     string     // the event's type
	Entity     events.Stream
	EntityID   uuid.UUID
	LocationID *uuid.UUID // nil: it concerns none in particular
	Reason     *string
	Changes    []Change // by field

	key key
}

// Change is what became of one field. A text is told as it is, and anything else as JSON; nil: there was none, or it isn't kept.
type Change struct {
	Field         string
	Before, After *string
}

func entry(row pgx.CollectableRow) (*Entry, error) {
	var e Entry
	var version int
	var from, to *string
	var payload []byte
	err := row.Scan(&e.key.position, &e.At, &e.Entity, &e.EntityID, &version, &e.LocationID, &e.Action, &from, &to, &payload,
		&e.Actor.Role, &e.ActorID, &e.Actor.Name, &e.Reason)
	if err != nil {
		return nil, err
	}
	e.Actor.At = e.LocationID
	// An event is named by its aggregate and version, which no other has.
	e.key.at, e.ID = e.At, uuid.NewSHA1(e.EntityID, []byte(strconv.Itoa(version)))
	if e.Changes, err = changes(payload); err != nil {
		return nil, fmt.Errorf("read event %d of %s: %w", version, e.EntityID, err)
	}
	if to != nil && (from == nil || *from != *to) {
		e.Changes = append(e.Changes, Change{Field: "status", Before: from, After: to})
	}
	return &e, nil
}

func changes(payload []byte) (all []Change, err error) {
	var c events.Changes
	if err := json.Unmarshal(payload, &c); err != nil {
		return nil, err
	}
	for field, after := range c.After {
		before := c.Before[field]
		if before != nil && string(before) == string(after) {
			continue
		}
		all = append(all, Change{field, told(before), told(after)})
	}
	for field, before := range c.Before {
		if _, still := c.After[field]; !still {
			all = append(all, Change{field, told(before), nil})
		}
	}
	slices.SortFunc(all, func(a, b Change) int { return cmp.Compare(a.Field, b.Field) })
	return all, nil
}

// told is a value as it is shown.
func told(value json.RawMessage) *string {
	if value == nil || string(value) == "null" {
		return nil
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		var compact bytes.Buffer
		_ = json.Compact(&compact, value) // it has been read as JSON already
		text = compact.String()
	}
	return &text
}
