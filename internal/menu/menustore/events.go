package menustore

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/events"
)

// payload is what the log keeps of a menu item's event, beside what it keeps of every event.
type payload struct {
	Version int `json:"version"` // the item's own, which stock doesn't count up
	// IsAvailable tells whether the item can be had now. The database appends an event when that is no longer so
	// (public.tell_availability).
	IsAvailable bool `json:"isAvailable"`
	events.Changes
}

// audited is what a manager decides of an item, as the API calls it.
type audited struct {
	Name               string               `json:"name"`
	Description        string               `json:"description"`
	Category           string               `json:"category"`
	IsPizza            bool                 `json:"isPizza"`
	TaxCategory        location.TaxCategory `json:"taxCategory"`
	Prices             map[menu.Size]int64  `json:"prices"`
	Allergens          []string             `json:"allergens"`
	IsAvailable        bool                 `json:"isAvailable"`
	PreparationMinutes int                  `json:"preparationMinutes"`
	Ingredients        map[uuid.UUID]int    `json:"ingredients"`
	IsArchived         bool                 `json:"isArchived"`
}

func auditedOf(s *menu.State) *audited {
	if s == nil {
		return nil
	}
	a := &audited{
		Name: s.Name, Description: s.Description, Category: s.Category, IsPizza: s.IsPizza, TaxCategory: s.TaxCategory,
		Prices: map[menu.Size]int64{}, Allergens: s.Allergens, IsAvailable: s.IsAvailable, PreparationMinutes: s.PreparationMinutes,
		Ingredients: map[uuid.UUID]int{}, IsArchived: s.ArchivedAt != nil,
	}
	for _, p := range s.Prices {
		a.Prices[p.Size] = p.Price
	}
	for _, line := range s.Recipe {
		a.Ingredients[line.IngredientID] = line.Quantity
	}
	return a
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
		changes, err := events.Compare(auditedOf(item.Before()), auditedOf(&state))
		if err != nil {
			return err
		}
		for _, e := range item.Events() {
			entries = append(entries, events.Entry{
				Stream: menu.Stream, ID: state.ID, Type: string(e.Type), By: e.By, At: e.At,
				Payload: payload{Version: state.Version, IsAvailable: slices.Contains(available, state.ID), Changes: changes},
			})
		}
	}
	return events.Append(tx, entries...)
}
