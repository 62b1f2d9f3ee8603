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
type Actor struct {
	ID    uuid.UUID
	Name  string
	Email string
	Phone *string
	Roles []Role
	// LocationIDs are where the roles are held; nil: at all locations.
	LocationIDs []uuid.UUID
}

// System acts for the server itself, for example when it settles a payment or cancels an abandoned order.
func System() Actor { return Actor{} }

// SignedIn tells whether the actor is an account rather than a visitor.
func (a Actor) SignedIn() bool { return a.ID != uuid.Nil }

// Is tells whether the actor holds at least one of the roles.
func (a Actor) Is(roles ...Role) bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return slices.Contains(roles, r) })
}

// SameRights tells whether the two may do the same, and at the same locations.
func (a Actor) SameRights(b Actor) bool {
	return within(a.Roles, b.Roles) && within(b.Roles, a.Roles) && a.Covers(b.LocationIDs) && b.Covers(a.LocationIDs)
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

// MaySee tells whether the actor may see what belongs to the customer.
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

// Require returns the signed-in actor, and refuses with UNAUTHENTICATED a visitor, with FORBIDDEN an actor who holds
// none of the roles named. Without roles any account will do.
func Require(ctx context.Context, roles ...Role) (Actor, error) {
	a := FromContext(ctx)
	switch {
	case !a.SignedIn():
		return Actor{}, fault.New(fault.Unauthenticated, "Sign in first.")
	case len(roles) > 0 && !a.Is(roles...):
		return Actor{}, fault.New(fault.Forbidden, "Your account may not do this.")
	}
	return a, nil
}
