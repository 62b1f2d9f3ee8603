package menustore

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/events"
)

// payload is what the log keeps of a menu item's event, beside what it keeps of every event.
type payload struct {
	Version int `json:"version"` // the item's own, which stock doesn't count up
	// IsAvailable tells whether the item can be had now at some location, and SoldOut which sizes can't be had where. The database
	// appends an event when that is no longer so (public.tell_availability).
	IsAvailable bool            `json:"isAvailable"`
	SoldOut     json.RawMessage `json:"soldOut,omitempty"`
	// OptionsSoldOut tells which options can't be had where.
	OptionsSoldOut json.RawMessage `json:"optionsSoldOut,omitempty"`
	// Shows is a digest of how the item is shown.
	Shows *string `json:"shows,omitempty"`
	events.Changes
}

// appendEvents adds what happened to items. It comes last in a transaction, which has the items' rows locked: then stock
// can't make another thing of them before the transaction ends.
func appendEvents(tx *gorm.DB, items ...*menu.Item) error {
	ids := make([]uuid.UUID, len(items))
	for i, item := range items {
		ids[i] = item.State().ID
	}
	// The definition of what is shown is asked, so that there is only one. Nothing is decided by the answer.
	var rows []struct {
		ID             uuid.UUID
		IsAvailable    bool
		SoldOut        *string
		OptionsSoldOut *string
		Shows          *string
	}
	err := tx.Raw(`
		SELECT s.id, s.is_available, (of.fields -> 'sold_out')::text AS sold_out, (of.fields -> 'options_sold_out')::text AS options_sold_out, of.fields ->> 'shows' AS shows
		FROM public.menu_source AS s
		CROSS JOIN LATERAL (SELECT to_jsonb(s) AS fields OFFSET 0) AS of
		WHERE s.id IN ?`, ids).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("see which items are available: %w", err)
	}
	shown := make(map[uuid.UUID]payload, len(rows))
	for _, r := range rows {
		now := payload{IsAvailable: r.IsAvailable, Shows: r.Shows}
		if r.SoldOut != nil { // nil: the menu is still that of the version before
			now.SoldOut = json.RawMessage(*r.SoldOut)
		}
		if r.OptionsSoldOut != nil && *r.OptionsSoldOut != "[]" {
			now.OptionsSoldOut = json.RawMessage(*r.OptionsSoldOut)
		}
		shown[r.ID] = now
	}
	var entries []events.Entry
	for _, item := range items {
		state := item.State()
		now, ok := shown[state.ID]
		if !ok { // it has gone
			now.SoldOut = json.RawMessage(`[]`)
		}
		now.Version = state.Version
		var err error
		if now.Changes, err = events.Compare(auditedOf(item.Before()), auditedOf(&state)); err != nil {
			return err
		}
		for _, e := range item.Events() {
			entries = append(entries, events.Entry{
				Stream: menu.Stream, ID: state.ID, Type: string(e.Type), By: e.By, At: e.At, Reason: e.Reason,
				Payload: now,
			})
		}
	}
	return events.Append(tx, entries...)
}
