package menustore

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/events"
)

// payload is what the log keeps of a menu item's event, beside what it keeps of every event.
type payload struct {
	Version int `json:"version"` // the item's own, which stock doesn't count up
	// IsAvailable tells whether the item can be had now. The database appends an event when that is no longer so
	// (public.tell_availability).
	IsAvailable bool `json:"isAvailable"`
}

// appendEvents adds what happened to items. It comes last in a transaction, which has the items' rows locked: then stock
// can't make another thing of them before the transaction ends.
func appendEvents(tx *gorm.DB, items ...*menu.Item) error {
	ids := make([]uuid.UUID, len(items))
	for i, item := range items {
		ids[i] = item.State().ID
	}
	// The definition of what is shown is asked, so that there is only one. Nothing is decided by the answer.
	var available []uuid.UUID
	err := tx.Raw(`SELECT s.id FROM public.menu_source AS s WHERE s.id IN ? AND s.is_available`, ids).Find(&available).Error
	if err != nil {
		return fmt.Errorf("see which items are available: %w", err)
	}
	var entries []events.Entry
	for _, item := range items {
		state := item.State()
		for _, e := range item.Events() {
			entries = append(entries, events.Entry{
				Stream: menu.Stream, ID: state.ID, Type: string(e.Type), By: e.By, At: e.At,
				Payload: payload{Version: state.Version, IsAvailable: slices.Contains(available, state.ID)},
			})
		}
	}
	return events.Append(tx, entries...)
}
