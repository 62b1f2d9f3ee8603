package ordering

import (
	"context"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
)

// Place is a location as a new order finds it.
type Place struct {
	LocationID uuid.UUID
	location.Calendar
	location.Charges
	location.OrderLimits
	Service  location.Service // of the order's fulfillment
	Kitchen  location.Kitchen
	Promised []location.Baking // by its kitchen, of what it still has to make
	Learned  []LearnedTime     // of the order's dishes; none where the configured times count
	Zone     *location.Zone    // of the order's address, if it is in one
	HasZones bool
}

// Destination is where a new order comes from, and where it goes.
type Destination struct {
	LocationID  *uuid.UUID // nil: the only location
	Fulfillment Fulfillment
	PostalCode  string      // of a delivery
	Dishes      []uuid.UUID // whose learned times are asked for
	// WithoutQuotes are quotes for which the oven isn't held: the new order takes their place.
	WithoutQuotes []uuid.UUID
	// WithoutOrder is an order for which the oven isn't held, since it is planned anew; the zero id: none.
	WithoutOrder uuid.UUID
}

// places finds the location of a new order, and what it offers for the destination. It fails with NOT_FOUND if there is no such
// location, and with BAD_USER_INPUT if the id is missing and there are several.
type places interface {
	Place(ctx context.Context, of Destination) (Place, error)
}

func (c PlaceOrder) destination() Destination {
	of := Destination{LocationID: c.LocationID, Fulfillment: c.Fulfillment, Dishes: dishIDs(c.Items)}
	if c.DeliveryAddress != nil {
		of.PostalCode = c.DeliveryAddress.PostalCode
	}
	return of
}

// limitsFor returns what an actor may have open; staff take orders for others.
func (p Place) limitsFor(by auth.Actor) location.OrderLimits {
	if by.Staff() {
		return location.OrderLimits{}
	}
	return p.OrderLimits
}
