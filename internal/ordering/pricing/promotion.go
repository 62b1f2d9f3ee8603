package pricing

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

// Promotion makes some baskets cheaper. Of all that apply, the one that saves most on the food is taken, and the one that
// saves most on the delivery; of those that save the same, that of the highest priority, and then that of the lowest id.
type Promotion struct {
	ID       uuid.UUID
	Version  int
	Name     string
	Code     string // that has to be given, in any case; "": it applies by itself
	Priority int
	// Advertised tells that customers are told of it.
	Advertised bool
	Reward     Reward
	Conditions
	// Uses is how often it has been used in all, if MaxUses bounds that.
	Uses int
	// Names are those of the dishes that it names, for what is told to customers.
	Names map[uuid.UUID]string
}

// RewardKind is what a promotion gives; the contract's enum.
type RewardKind string

// The kinds of rewards.
const (
	Percent          RewardKind = "PERCENT"
	Fixed            RewardKind = "FIXED"
	FreeCheapest     RewardKind = "FREE_CHEAPEST"
	FixedPriceBundle RewardKind = "FIXED_PRICE_BUNDLE"
	FreeDelivery     RewardKind = "FREE_DELIVERY"
)

// Reward is what a promotion gives. What isn't of its kind is zero.
type Reward struct {
	Kind RewardKind `json:"kind"`
	// BasisPoints are what PERCENT takes off what the promotion is for, in hundredths of a percent.
	BasisPoints int `json:"basisPoints"`
	// Amount is what FIXED takes off at most, and what a FIXED_PRICE_BUNDLE costs.
	Amount int64 `json:"amount"`
	// Portions is of how many the cheapest is free of FREE_CHEAPEST: 2 is two for the price of one.
	Portions int `json:"portions"`
	// Slots are what a FIXED_PRICE_BUNDLE is of. Options and split charges are paid as otherwise.
	Slots []Slot `json:"slots"`
}

// Slot is some portions of a bundle.
type Slot struct {
	Scope
	Portions int `json:"portions"`
}

// Scope is what a promotion is for. Empty lists are all dishes, all sizes. A pizza of two dishes is in it if both are.
type Scope struct {
	MenuItemIDs []uuid.UUID `json:"menuItemIds"`
	Sizes       []menu.Size `json:"sizes"`
}

// Conditions are when a promotion applies: all of them have to be met.
type Conditions struct {
	// StartsAt and EndsAt bound the time of ordering; EndsAt is the first moment at which it is over.
	StartsAt *time.Time `json:"startsAt"`
	EndsAt   *time.Time `json:"endsAt"`
	// Scope is what PERCENT, FIXED and FREE_CHEAPEST are for, and what all but a FIXED_PRICE_BUNDLE need at least one portion
	// of.
	Scope Scope `json:"scope"`
	// Minimum is of the food, before what promotions take off.
	Minimum int64 `json:"minimum"`
	// Fulfillments are those that it is for; none: any.
	Fulfillments []location.Fulfillment `json:"fulfillments"`
	// Hours are when the food has to be for; none: at any time.
	Hours      []Hours `json:"hours"`
	FirstOrder bool    `json:"firstOrder"`
	// MaxUses and MaxUsesByCustomer bound how often it is used; nil: any number of times.
	MaxUses           *int `json:"maxUses"`
	MaxUsesByCustomer *int `json:"maxUsesByCustomer"`
}

// Hours are from one time of day to before another, which is on the next day if it isn't later. They belong to the day on
// which they begin.
type Hours struct {
	Weekdays []location.Weekday `json:"weekdays"` // none: each
	From     location.TimeOfDay `json:"from"`
	Until    location.TimeOfDay `json:"until"` // the same as From: all of the day
}
