// Package auth says who is asking and what they may do.
package auth

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// Role is what an account may act as; the contract's enum.
type Role string

// The roles. All but RoleCustomer are staff.
const (
	RoleCustomer Role = "CUSTOMER"
	RoleCook     Role = "COOK"
	RoleDriver   Role = "DRIVER"
	RoleManager  Role = "MANAGER"
)

// Valid tells whether there is such a role.
func (r Role) Valid() bool {
	return slices.Contains([]Role{RoleCustomer, RoleCook, RoleDriver, RoleManager}, r)
}

// Actor is who is asking. The zero Actor is a visitor who has not signed in.
//
// Whoever brings a token of an order is a visitor too, but for that order. A screen is made by Screen.
type Actor struct {
	ID    uuid.UUID
	Name  string
	Email string
	Phone *string
	// Roles are held at the locations of LocationIDs; nil: at all that there are.
	Roles       []Role
	LocationIDs []uuid.UUID
	Order       *OrderGrant // nil: no token of an order
	IsScreen    bool        // then ID is the screen's
}

// System acts for the server itself, for example when it settles a payment or cancels an abandoned order.
func System() Actor { return Actor{} }

// SignedIn tells whether the actor is an account rather than a visitor or a screen.
func (a Actor) SignedIn() bool { return a.ID != uuid.Nil && !a.IsScreen }

// Is tells whether the actor holds at least one of the roles, wherever that is. Whether they may do something at a location is
// asked of the actor that At returns, and whether they may do something to the whole chain of what Everywhere returns.
func (a Actor) Is(roles ...Role) bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return slices.Contains(roles, r) })
}

// At returns the actor as a location sees them: with their roles where these are held, and elsewhere as a customer.
func (a Actor) At(locationID uuid.UUID) Actor {
	if a.LocationIDs != nil && !slices.Contains(a.LocationIDs, locationID) {
		a.Roles = nil
	}
	return a
}

// Everywhere returns the actor as the whole chain sees them: as a customer, unless their roles are held at all locations.
func (a Actor) Everywhere() Actor {
	if a.LocationIDs != nil {
		a.Roles = nil
	}
	return a
}

// Known tells whether the actor brought a token of any kind, rather than none.
func (a Actor) Known() bool { return a.ID != uuid.Nil || a.Order != nil }

// Require refuses with UNAUTHENTICATED a visitor, and with FORBIDDEN an actor who holds none of the roles named. Without roles
// any account will do, and a screen won't.
func (a Actor) Require(roles ...Role) error {
	switch {
	case !a.SignedIn() && !a.IsScreen:
		return fault.New(fault.Unauthenticated, "Sign in first.")
	case len(roles) == 0 && a.IsScreen, len(roles) > 0 && !a.Is(roles...):
		return Forbidden()
	}
	return nil
}

// Forbidden is the refusal of what is none of an account's, or a screen's, to do.
func Forbidden() *fault.Error { return fault.New(fault.Forbidden, "Your account may not do this.") }

// SameRights tells whether the two may do the same, and at the same locations.
func (a Actor) SameRights(b Actor) bool {
	return within(a.Roles, b.Roles) && within(b.Roles, a.Roles) && a.Covers(b.LocationIDs) && b.Covers(a.LocationIDs) && a.IsScreen == b.IsScreen &&
		(a.Order == nil) == (b.Order == nil) && (a.Order == nil || *a.Order == *b.Order)
}

// Covers tells whether the actor's roles are held at all of the locations; nil means every location that there is.
func (a Actor) Covers(locationIDs []uuid.UUID) bool {
	return a.LocationIDs == nil || (locationIDs != nil && within(locationIDs, a.LocationIDs))
}

func within[T comparable](some, all []T) bool {
	return !slices.ContainsFunc(some, func(one T) bool { return !slices.Contains(all, one) })
}

// Staff tells whether the actor works for the pizzeria.
func (a Actor) Staff() bool { return a.Is(RoleCook, RoleDriver, RoleManager) }

// MaySee tells whether the actor may see what belongs to the customer. What is a location's is asked of At.
func (a Actor) MaySee(customerID uuid.UUID) bool {
	return a.Staff() || (a.SignedIn() && a.ID == customerID)
}

type contextKey struct{}

// WithActor remembers who is asking.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// FromContext returns who is asking; a visitor if nobody signed in.
func FromContext(ctx context.Context) Actor {
	a, _ := ctx.Value(contextKey{}).(Actor)
	return a
}
