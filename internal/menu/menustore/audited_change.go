package menustore

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
)

// toldOf is what a change sets, by field, as the audit tells it.
func toldOf(c menu.Change) (map[string]json.RawMessage, error) {
	sets := map[string]any{}
	if c.UpdateMenuItem != nil {
		tellItem(sets, *c.UpdateMenuItem)
	}
	if c.UpdateOptionGroup != nil {
		tellGroup(sets, *c.UpdateOptionGroup)
	}
	told := make(map[string]json.RawMessage, len(sets))
	for field, value := range sets {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("tell what a change sets: %w", err)
		}
		told[field] = text
	}
	return told, nil
}

// tell tells of a field if it is given.
func tell[T any](sets map[string]any, field string, given *T) {
	if given != nil {
		sets[field] = *given
	}
}

func tellItem(sets map[string]any, c menu.UpdateMenuItem) {
	tell(sets, "expectedVersion", c.ExpectedVersion)
	tell(sets, "name", c.Name)
	tell(sets, "description", c.Description)
	tell(sets, "category", c.Category)
	tell(sets, "isPizza", c.IsPizza)
	tell(sets, "taxCategory", c.TaxCategory)
	tell(sets, "preparationMinutes", c.PreparationMinutes)
	tell(sets, "isAvailable", c.IsAvailable)
	tell(sets, "halves", c.Halves)
	tell(sets, "imageId", c.ImageID)
	if c.Allergens != nil {
		sets["allergens"] = inventory.Together(*c.Allergens)
	}
	if c.Prices != nil {
		sets["prices"] = pricesBySize(*c.Prices)
	}
	if c.Ingredients != nil {
		sets["ingredients"] = quantities(*c.Ingredients)
	}
	if c.OptionGroups != nil {
		sets["optionGroups"] = auditedItemGroups(*c.OptionGroups)
	}
	if len(c.Locations) > 0 {
		offers := map[uuid.UUID]map[string]any{}
		for _, l := range c.Locations {
			offers[l.LocationID] = offerTold(l)
		}
		sets["locations"] = offers
	}
}

func offerTold(c menu.OfferChange) map[string]any {
	sets := map[string]any{}
	tell(sets, "isAvailable", c.IsAvailable)
	if c.Prices != nil {
		var prices map[menu.Size]int64 // nil: as everywhere
		if *c.Prices != nil {
			prices = pricesBySize(**c.Prices)
		}
		sets["prices"] = prices
	}
	return sets
}

func tellGroup(sets map[string]any, c menu.UpdateOptionGroup) {
	tell(sets, "expectedVersion", c.ExpectedVersion)
	tell(sets, "name", c.Name)
	tell(sets, "min", c.Min)
	tell(sets, "max", c.Max)
	tell(sets, "freeUpTo", c.FreeUpTo)
	tell(sets, "halves", c.Halves)
	tell(sets, "light", c.Light)
	tell(sets, "extra", c.Extra)
	if c.Options != nil {
		sets["options"] = auditedOptions(*c.Options)
	}
}
