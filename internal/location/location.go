// Package location is the write side of the places that a chain sells at: where each is, what day it is there, and what it
// adds to the price of the food.
package location

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/postal"
)

// Stream is a location's in the log of events.
const Stream = "LOCATION"

// EventType names what somebody did to a location.
type EventType string

// The events of a location's life.
const (
	LocationAdded   EventType = "ADDED"
	LocationChanged EventType = "CHANGED"
	ServicePaused   EventType = "PAUSED"
	ServiceResumed  EventType = "RESUMED"
)

// Event is one change of a location.
type Event struct {
	Type   EventType
	By     auth.Author
	Reason *string
	At     time.Time
}

// Location is the aggregate root of a place: its methods are the only way to change it, and each counts its version up.
type Location struct {
	before *State // as it was restored; nil of a new location
	state  State
	events []Event
}

// State is a location as it is stored.
type State struct {
	ID      uuid.UUID
	Name    string
	Slug    string // of its pages' addresses; unique
	Phone   *string
	Address postal.Address
	Calendar
	Charges
	OrderLimits
	Services  []Service // of which something was set, by fulfillment
	Zones     []Zone    // of deliveries, the first one first; none: anywhere
	Kitchen   Kitchen
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Charges are what a location adds to the price of the food, in which currency, and from which sum on it delivers; amounts are in
// the currency's minor units.
type Charges struct {
	Currency         string // ISO 4217
	PricesIncludeTax bool   // of the menu, as shoppers see them in the EU and the UK
	TaxRates         []TaxRate
	DeliveryFee      int64
	MinimumOrder     int64 // of the food of a delivery; 0 is none
}

func (c Charges) sameAmounts(other Charges) bool {
	return c.Currency == other.Currency && c.DeliveryFee == other.DeliveryFee && c.MinimumOrder == other.MinimumOrder
}

// valid refuses, with BAD_USER_INPUT, amounts that can't be paid in the currency.
func (c Charges) valid() error {
	return cmp.Or(ValidAmount(c.DeliveryFee, c.Currency, "deliveryFee"), ValidAmount(c.MinimumOrder, c.Currency, "minimumOrder"))
}

// TaxRate is the tax on one category of what is sold.
type TaxRate struct {
	Category        TaxCategory `json:"category"`
	RateBasisPoints int         `json:"rateBasisPoints"` // hundredths of a percent
	// PickupRateBasisPoints is the rate of what is picked up; nil: the same.
	PickupRateBasisPoints *int `json:"pickupRateBasisPoints"`
}

func (r TaxRate) equal(other TaxRate) bool {
	return r.Category == other.Category && r.RateBasisPoints == other.RateBasisPoints && patch.Same(r.PickupRateBasisPoints, other.PickupRateBasisPoints)
}

// Rate returns the tax on a category in basis points; a category without a rate is not taxed.
func (c Charges) Rate(category TaxCategory, how Fulfillment) int64 {
	for _, r := range c.TaxRates {
		switch {
		case r.Category != category:
		case how == Pickup && r.PickupRateBasisPoints != nil:
			return int64(*r.PickupRateBasisPoints)
		default:
			return int64(r.RateBasisPoints)
		}
	}
	return 0
}

// TaxCategory is what tax tells apart; the contract's enum.
type TaxCategory string

// The categories.
const (
	Food    TaxCategory = "FOOD"
	Drink   TaxCategory = "DRINK"
	Alcohol TaxCategory = "ALCOHOL"
	Other   TaxCategory = "OTHER"
)

// Valid tells whether there is such a category.
func (c TaxCategory) Valid() bool { return c == Food || c == Drink || c == Alcohol || c == Other }

// Restore makes a location from its stored state.
func Restore(s State) *Location { return &Location{before: &s, state: s} }

// State returns the location as it is to be stored.
func (l *Location) State() State { return l.state }

// Before returns the location as it was when it was restored; nil if it is new.
func (l *Location) Before() *State { return l.before }

// Events returns what has happened since the location was made or restored.
func (l *Location) Events() []Event { return l.events }

func (l *Location) record(how EventType, by auth.Actor, at time.Time) {
	l.state.Version++
	l.state.UpdatedAt = at
	l.events = append(l.events, Event{Type: how, By: by.Author(), At: at})
}

// admit refuses, with VERSION_CONFLICT, whoever decided on another version; nil is any.
func (l *Location) admit(expected *int) error {
	if expected == nil || *expected == l.state.Version {
		return nil
	}
	return fault.New(fault.VersionConflict, "The location has changed since: it is at version %d.", l.state.Version).
		With(fault.Details{CurrentVersion: l.state.Version}).At("expectedVersion")
}

// NotFound is the refusal for a location that does not exist.
func NotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such location.").At("locationId")
}

// SlugTaken is the refusal for a second location of the same slug.
func SlugTaken() *fault.Error {
	return fault.New(fault.AlreadyExists, "There is a location with this slug already.").At("slug")
}

// Only returns the location that is meant: the one of the id, or the only one where it is nil, of those that were found by
// that. It fails with NOT_FOUND if there is none, and with BAD_USER_INPUT if there are several.
func Only(id *uuid.UUID, found []uuid.UUID) (uuid.UUID, error) {
	switch {
	case len(found) > 1:
		return uuid.Nil, Ambiguous()
	case len(found) == 1:
		return found[0], nil
	case id == nil:
		return uuid.Nil, fault.New(fault.NotFound, "There is no location yet: add one first.").At("locationId")
	}
	return uuid.Nil, NotFound()
}

// Ambiguous is the refusal for leaving the location out where there are several.
func Ambiguous() *fault.Error {
	return fault.New(fault.BadUserInput, "Say which location: there are several.").At("locationId")
}
