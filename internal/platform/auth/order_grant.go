package auth

import "github.com/google/uuid"

// OrderGrant is what a token of an order lets its bearer do: with that order, and with nothing else.
type OrderGrant struct {
	ID         uuid.UUID
	CustomerID uuid.UUID // who ordered; what belongs to them beside the order is none of the bearer's business
	// ReadOnly is of a token that was made to be passed on. Any other is its guest's, who ordered.
	ReadOnly bool
}

// TokenScope is what a token of an order is for.
type TokenScope string

// The scopes of tokens of orders.
const (
	ScopeGuest    TokenScope = "GUEST"
	ScopeTracking TokenScope = "TRACKING"
)

// Guest is the guest who placed an order.
func Guest(order, customer uuid.UUID, name string) Actor {
	return Actor{Name: name, Order: &OrderGrant{ID: order, CustomerID: customer}}
}

// Owns tells whether an order of the customer is the actor's own: they placed it, by their account or as a guest.
func (a Actor) Owns(orderID, customerID uuid.UUID) bool {
	return (a.SignedIn() && a.ID == customerID) || (a.grants(orderID) && !a.Order.ReadOnly)
}

// MaySeeOrder tells whether the actor may see an order of the customer. What is a location's is asked of At.
func (a Actor) MaySeeOrder(orderID, customerID uuid.UUID) bool {
	return a.MaySee(customerID) || a.grants(orderID)
}

// OnlyWatches tells whether the actor has been shown an order by somebody else, by a link.
func (a Actor) OnlyWatches() bool { return a.Order != nil && a.Order.ReadOnly }

func (a Actor) grants(orderID uuid.UUID) bool { return a.Order != nil && a.Order.ID == orderID }

// CustomerID is who the actor is as a customer: the account's, or a guest's of one order; zero for other visitors.
func (a Actor) CustomerID() uuid.UUID {
	if a.Order != nil && !a.Order.ReadOnly {
		return a.Order.CustomerID
	}
	return a.ID
}
