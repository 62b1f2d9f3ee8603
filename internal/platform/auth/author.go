package auth

import "github.com/google/uuid"

// ActorRole is what somebody did something as: one of the roles, or nobody with an account; the contract's enum.
type ActorRole string

// The roles without an account.
const (
	ActorGuest  ActorRole = "GUEST" // a customer of one order
	ActorSystem ActorRole = "SYSTEM"
)

// Author is who did something, as an event remembers it for good. The server itself has no ID and no name.
type Author struct {
	Role ActorRole
	ID   *uuid.UUID
	Name *string // as it was then
}

// Attribution is what is shown of an Author: as what somebody did something, and, to the staff of the location, called what then.
type Attribution struct {
	Role ActorRole  `json:"role"`
	Name *string    `json:"name"`
	At   *uuid.UUID `json:"-"` // the location; nil: the chain
}

// Attribution is what is shown of the author of something at a location; nil: in the chain.
func (a Author) Attribution(at *uuid.UUID) Attribution { return Attribution{a.Role, a.Name, at} }

// Author tells as what the actor does something: of several roles the one that may most.
func (a Actor) Author() Author {
	switch {
	case a.Order != nil && !a.Order.ReadOnly:
		return Author{Role: ActorGuest, ID: &a.Order.CustomerID, Name: &a.Name}
	case !a.SignedIn() && !a.IsScreen:
		return Author{Role: ActorSystem}
	}
	author := Author{Role: ActorRole(RoleCustomer), ID: &a.ID, Name: &a.Name}
	for _, role := range []Role{RoleManager, RoleCook, RoleDriver} {
		if a.Is(role) {
			author.Role = ActorRole(role)
			break
		}
	}
	return author
}
