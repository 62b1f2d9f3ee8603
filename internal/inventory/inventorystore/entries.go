package inventorystore

import (
	"time"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// Entries tell what somebody added, counted or sold out. They are appended while the ingredient's row is locked, or new: so
// events of one ingredient take turns.

func addedEntry(ingredient inventory.Ingredient, by auth.Author, at time.Time) (events.Entry, error) {
	var onHand int
	for _, s := range ingredient.Stock {
		onHand += s.OnHand
	}
	changes, err := events.Compare(nil, struct {
		audited
		counts
	}{auditedOf(ingredient), counts{onHand}})
	return events.Entry{
		Stream: inventory.Stream, ID: ingredient.ID, Type: inventory.IngredientAdded, By: by, At: at, Payload: payload{counts{onHand}, changes},
	}, err
}

func countedEntry(key inventory.StockKey, before, after inventory.Level, by auth.Author, at time.Time) (events.Entry, error) {
	changes, err := events.Compare(counts{before.OnHand}, counts{after.OnHand})
	return events.Entry{
		Stream: inventory.Stream, ID: key.IngredientID, LocationID: key.LocationID, Type: inventory.StockCounted, By: by, At: at,
		Payload: payload{counts{after.OnHand}, changes},
	}, err
}

func availabilityEntry(key inventory.StockKey, before, after inventory.Level, by auth.Author, at time.Time, reason *string) (events.Entry, error) {
	changes, err := events.Compare(saidOf(before.Availability), saidOf(after.Availability))
	entry := events.Entry{
		Stream: inventory.Stream, ID: key.IngredientID, LocationID: key.LocationID, Type: inventory.AvailableAgain, By: by, At: at, Reason: reason,
		Payload: changes,
	}
	if after.IsSoldOut() {
		entry.Type = inventory.SoldOut
	}
	return entry, err
}

func changedEntry(before, after inventory.Ingredient, by auth.Author, at time.Time) (events.Entry, error) {
	changes, err := events.Compare(auditedOf(before), auditedOf(after))
	return events.Entry{Stream: inventory.Stream, ID: after.ID, Type: inventory.IngredientChanged, By: by, At: at, Payload: changes}, err
}

// payload is what the log keeps of an ingredient's event.
type payload struct {
	counts
	events.Changes
}

// counts is what there is of an ingredient, at the event's location or at all of them.
type counts struct {
	OnHand int `json:"onHand"`
}

// said is what people say of an ingredient at a location, as the API calls it. The reason is the event's.
type said struct {
	IsSoldOut    bool       `json:"isSoldOut"`
	SoldOutUntil *time.Time `json:"soldOutUntil"`
}

func saidOf(a inventory.Availability) said {
	s := said{IsSoldOut: a.IsSoldOut()}
	if s.IsSoldOut {
		s.SoldOutUntil = a.SoldOutUntil
	}
	return s
}

// audited is what a manager says of an ingredient, as the API calls it.
type audited struct {
	Name         string               `json:"name"`
	LowThreshold int                  `json:"lowThreshold"`
	Allergens    []inventory.Allergen `json:"allergens"`
	Diet         *inventory.Diet      `json:"diet"`
}

func auditedOf(i inventory.Ingredient) audited {
	return audited{i.Name, i.LowThreshold, inventory.Together(i.Allergens), i.Diet}
}
