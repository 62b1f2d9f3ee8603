// Package inventory is the write side of the stock: ingredients, and what was counted of them. What orders take of it
// is theirs to say.
package inventory

import (
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxName  = 120
	maxUnits = 2_147_483_647 // what the API's numbers can hold
)

// Stream is an ingredient's in the log of events. What orders take and give back is in the ledger of movements only.
const Stream = "INGREDIENT"

// The events of an ingredient's life.
const (
	IngredientAdded   = "ADDED"
	IngredientChanged = "CHANGED"
	StockCounted      = "COUNTED"
	SoldOut           = "SOLD_OUT"
	AvailableAgain    = "AVAILABLE"
)

// Ingredient is something that dishes are made of, in units of the chain's choice.
type Ingredient struct {
	ID           uuid.UUID
	Name         string
	LowThreshold int
	Allergens    []Allergen
	Diet         *Diet           // nil: fit for neither
	Stock        []LocationStock // with which it begins; none at the locations that aren't named
	Version      int             // counts changes of all but the stock
}

// LocationStock is what was counted of an ingredient at one location.
type LocationStock struct {
	LocationID *uuid.UUID // nil: the only location
	OnHand     int
}

// Level is what one location has of an ingredient.
type Level struct {
	OnHand   int
	Reserved int // the part of OnHand that is promised to orders
	Availability
}

// count sets the stock to what somebody counted. It fails with BAD_USER_INPUT if less is there than is promised.
func (l *Level) count(onHand int) error {
	if onHand < l.Reserved {
		return fault.New(fault.BadUserInput,
			"%d units are promised to orders that are not finished; the stock can't be less. Cancel orders first.", l.Reserved).
			At("onHand")
	}
	l.OnHand = onHand
	return nil
}

func validName(name string) error { return text.CheckLine(name, "A name", maxName, "name") }

func validUnits(units int, path ...string) error {
	if units < 0 || units > maxUnits {
		return fault.New(fault.BadUserInput, "Give 0 to %d units.", maxUnits).At(path...)
	}
	return nil
}

// validStock refuses, with BAD_USER_INPUT, numbers out of range and a location that is named twice.
func validStock(stock []LocationStock) error {
	places := make([]uuid.UUID, len(stock)) // those that are left out are one
	for i, s := range stock {
		if err := validUnits(s.OnHand, "stock", strconv.Itoa(i), "onHand"); err != nil {
			return err
		}
		if s.LocationID != nil {
			places[i] = *s.LocationID
		}
	}
	return NamedOnce(places)
}

// NamedOnce refuses, with BAD_USER_INPUT, stock of which two are at one location.
func NamedOnce(places []uuid.UUID) error { return location.NamedOnce(places, "stock", "locationId") }

// NotFound is the refusal for an ingredient that does not exist.
func NotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such ingredient.").At("ingredientId")
}

// NameTaken is the refusal for a second ingredient of the same name.
func NameTaken() *fault.Error {
	return fault.New(fault.AlreadyExists, "There is an ingredient with this name already.").At("name")
}
