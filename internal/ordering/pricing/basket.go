// Package pricing tells what a basket costs and why: options and halves, promotions, fees and taxes. It is a pure
// calculation, the same for a preview and for the order that is then placed. Amounts are in minor units of the location's
// currency, and multiples of its step (money.Step), as long as the prices and fees that come in are.
package pricing

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

// Basket is what somebody would like to order, with the prices of the menu in it.
type Basket struct {
	Lines       []Line
	Fulfillment location.Fulfillment
	// Charges are the location's, with the delivery fee of where a delivery goes.
	Charges location.Charges
	Tip     int64
	// Promotions are all that may apply: those that need no code, and those of the Codes.
	Promotions []Promotion
	Codes      []string
	Customer   Customer
	// Now is when it is ordered, and For when the food is for, in the location's time zone.
	Now, For time.Time
}

// Customer is what promotions look at of whoever orders. A visitor is a customer of whom nothing is known yet.
type Customer struct {
	// HasOrdered tells that it wouldn't be the first order: one was confirmed before, and neither cancelled nor rejected.
	HasOrdered bool
	// Uses is how often the customer has used each promotion.
	Uses map[uuid.UUID]int
}

// Line is one dish of a basket, or two that share a pizza, as configured.
type Line struct {
	Dish
	Size     menu.Size
	Quantity int
	// Second is the dish on the second half; nil: the Dish is all of it. Its options are those of its own half alone: their
	// Portion is Second, whatever it says.
	Second *Dish
}

// Dish is a dish with the options chosen, in the line's size.
type Dish struct {
	ID          uuid.UUID
	Name        string
	TaxCategory location.TaxCategory
	Price       int64 // of one portion, with what comes with the dish
	Options     []Option
	Halves      *HalvesPolicy // nil: the dish can't share a pizza, and an option on one half costs as much as on the whole
}

// HalfPrice is what a pizza of two dishes costs before the options; the contract's enum.
type HalfPrice string

// The prices of a pizza of two dishes. If they don't agree on one, it is the higher.
const (
	Higher  HalfPrice = "HIGHER"
	Average HalfPrice = "AVERAGE"
)

// HalvesPolicy is what a pizza costs whose halves differ.
type HalvesPolicy struct {
	BasePrice      HalfPrice
	ToppingPercent int   // of an option's price, for one half
	SplitCharge    int64 // of a pizza of two dishes; if theirs differ, it is the higher
}

// Option is an option chosen for a dish.
type Option struct {
	ID      uuid.UUID
	Name    string
	Price   int64 // of the regular amount, on the whole, in the line's size
	Portion Portion
	Amount  Amount
	// Included tells that it comes with the dish: what is regular of it is in the dish's price. To leave it out saves nothing.
	Included bool
	Group    Group
}

// Group is what an option's group says of prices.
type Group struct {
	ID   uuid.UUID
	Name string
	// FreeUpTo is how many options of the group cost nothing, beside those that come with the dish. On each half these are the
	// dearest, so that the order in which options are chosen doesn't matter.
	FreeUpTo int
	// LightFactor and ExtraFactor are what these amounts cost, in basis points of the regular one.
	LightFactor, ExtraFactor int
}

// Portion is which part of a pizza an option goes on; the contract's enum.
type Portion string

// The parts of a pizza.
const (
	Whole  Portion = "WHOLE"
	First  Portion = "FIRST"
	Second Portion = "SECOND"
)

// Amount is how much of an option is wanted; the contract's enum.
type Amount string

// The amounts.
const (
	None    Amount = "NONE"
	Light   Amount = "LIGHT"
	Regular Amount = "REGULAR"
	Extra   Amount = "EXTRA"
)
