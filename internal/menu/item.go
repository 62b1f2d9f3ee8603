package menu

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// Stream is a menu item's in the log of events.
const Stream = "MENU_ITEM"

// EventType names a manager's change of an item. The database adds the events that stock causes: SOLD_OUT, BACK_IN_STOCK.
type EventType string

// The events of an item's life.
const (
	ItemAdded    EventType = "ADDED"
	ItemChanged  EventType = "CHANGED"
	ItemArchived EventType = "ARCHIVED"
)

// Event is one change of an item.
type Event struct {
	Type   EventType
	By     auth.Author
	At     time.Time
	Reason *string // nil: none was given
}

// Item is the aggregate root of the menu: its methods are the only way to change it, and each counts its version up.
type Item struct {
	before *State // as it was restored; nil of a new item
	state  State
	events []Event
}

// State is an item as it is stored.
type State struct {
	ID                 uuid.UUID
	Name               string
	Description        string
	Category           string
	IsPizza            bool
	TaxCategory        location.TaxCategory
	Prices             []Price
	Allergens          []inventory.Allergen // beside those of the ingredients
	IsAvailable        bool                 // the manager's switch
	PreparationMinutes int
	Recipe             []RecipeLine
	OptionGroups       []ItemOptionGroup // in the order in which they are shown
	Halves             *HalvesPolicy     // nil: both halves are the same
	ImageID            *uuid.UUID        // nil: it has none
	Offers             []Offer           // of the locations that do something otherwise, in the order of their ids
	Version            int
	CreatedAt          time.Time
	UpdatedAt          time.Time
	ArchivedAt         *time.Time
}

// Price is what one portion costs in one size, in minor units; the location tells whether the tax is in it.
type Price struct {
	Size  Size
	Price int64
}

// RecipeLine is what one medium or one-size portion takes of an ingredient, in the ingredient's own units.
type RecipeLine struct {
	IngredientID uuid.UUID
	Quantity     int
}

const standardPreparation = 12 // minutes

// NewItem makes the item that a valid command asks for, available at once, the same at all locations.
func NewItem(id uuid.UUID, cmd CreateMenuItem, at time.Time) *Item {
	preparation := standardPreparation
	if cmd.PreparationMinutes != nil {
		preparation = *cmd.PreparationMinutes
	}
	return &Item{events: []Event{{Type: ItemAdded, By: cmd.By.Author(), At: at}}, state: State{
		ID: id, Name: line(cmd.Name), Description: block(cmd.Description), Category: line(cmd.Category),
		IsPizza: cmd.IsPizza, TaxCategory: cmp.Or(cmd.TaxCategory, location.Food),
		Prices: cmd.Prices, Allergens: inventory.Together(cmd.Allergens), IsAvailable: true, PreparationMinutes: preparation,
		Recipe: cmd.Ingredients, OptionGroups: cmd.OptionGroups, Halves: cmd.Halves.sorted(), ImageID: cmd.ImageID, Version: 1, CreatedAt: at, UpdatedAt: at,
	}}
}

// offer has locations do otherwise from the start. It fails as State.change does.
func (i *Item) offer(changes []OfferChange, currencies Currencies) error {
	return i.state.change(changes, currencies)
}

// Restore makes an item from its stored state.
func Restore(s State) *Item { return &Item{before: &s, state: s} }

// State returns the item as it is to be stored.
func (i *Item) State() State { return i.state }

// Before returns the item as it was when it was restored; nil if it is new.
func (i *Item) Before() *State { return i.before }

// Events returns what has happened since the item was made or restored.
func (i *Item) Events() []Event { return i.events }

// update changes what a valid command names; if all of it is so already, nothing has happened. It fails with NOT_FOUND if the
// item is archived, with VERSION_CONFLICT if the manager decided on another version, and as State.change does.
func (i *Item) update(cmd UpdateMenuItem, currencies Currencies, at time.Time) error {
	if err := i.changeable(cmd.ExpectedVersion); err != nil {
		return err
	}
	before, s := i.state, &i.state
	if cmd.Name != nil {
		s.Name = line(*cmd.Name)
	}
	if cmd.Category != nil {
		s.Category = line(*cmd.Category)
	}
	if cmd.Allergens != nil {
		s.Allergens = inventory.Together(*cmd.Allergens)
	}
	if cmd.Description != nil {
		s.Description = block(*cmd.Description)
	}
	patch.Set(&s.IsPizza, cmd.IsPizza)
	patch.Set(&s.TaxCategory, cmd.TaxCategory)
	patch.Set(&s.Prices, cmd.Prices)
	patch.Set(&s.IsAvailable, cmd.IsAvailable)
	patch.Set(&s.PreparationMinutes, cmd.PreparationMinutes)
	patch.Set(&s.Recipe, cmd.Ingredients)
	patch.Set(&s.OptionGroups, cmd.OptionGroups)
	patch.Set(&s.ImageID, cmd.ImageID)
	if cmd.Halves != nil {
		s.Halves = (*cmd.Halves).sorted()
	}
	if err := s.change(cmd.Locations, currencies); err != nil {
		return err
	}
	if !s.sameAs(before) {
		i.changed(Event{Type: ItemChanged, By: cmd.By.Author(), At: at, Reason: scheduledReason(cmd.ScheduledFor)})
	}
	return nil
}

// archive takes the item off the menu for good. It refuses what update refuses.
func (i *Item) archive(cmd ArchiveMenuItem, at time.Time) error {
	if err := i.changeable(cmd.ExpectedVersion); err != nil {
		return err
	}
	i.state.ArchivedAt = &at
	i.changed(Event{Type: ItemArchived, By: cmd.By.Author(), At: at})
	return nil
}

func (i *Item) changeable(expected *int) error {
	switch {
	case i.state.ArchivedAt != nil:
		return NotFound()
	case expected != nil && *expected != i.state.Version:
		return fault.New(fault.VersionConflict, "The item has changed since: it is at version %d.", i.state.Version).
			With(fault.Details{CurrentVersion: i.state.Version}).At("expectedVersion")
	}
	return nil
}

func (i *Item) changed(how Event) {
	i.state.Version++
	i.state.UpdatedAt = how.At
	i.events = append(i.events, how)
}

// SamePrices tells whether the two states sell the same sizes at the same prices, in any order.
func (s State) SamePrices(other State) bool { return sameInAnyOrder(s.Prices, other.Prices) }

// SameRecipe tells whether the two states need the same ingredients, in any order.
func (s State) SameRecipe(other State) bool { return sameInAnyOrder(s.Recipe, other.Recipe) }

// SameImage tells whether the two states have the same image, or none.
func (s State) SameImage(other State) bool {
	a, b := s.ImageID, other.ImageID
	return a == b || a != nil && b != nil && *a == *b
}

// sameAs tells whether the two states differ in nothing that update changes.
func (s State) sameAs(other State) bool {
	return s.Name == other.Name && s.Description == other.Description && s.Category == other.Category &&
		s.IsPizza == other.IsPizza && s.TaxCategory == other.TaxCategory && slices.Equal(s.Allergens, other.Allergens) &&
		s.IsAvailable == other.IsAvailable && s.PreparationMinutes == other.PreparationMinutes && s.SamePrices(other) && s.SameRecipe(other) && s.SameOffers(other) &&
		s.SameGroups(other) && sameHalves(s.Halves, other.Halves) && s.SameImage(other)
}

// sameInAnyOrder compares lists in which nothing stands twice.
func sameInAnyOrder[T comparable](a, b []T) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(one T) bool { return !slices.Contains(b, one) })
}

// NotFound is the refusal for an item that does not exist or is archived: the two look the same.
func NotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such item on the menu.").At("id")
}
