package auth

import "github.com/google/uuid"

// ActorRole is what somebody did something as: one of the roles, or nobody with an account; the contract's enum.
type ActorRole string

// The roles without an account.
const (
	ActorGuest  ActorRole = "GUEST"
	ActorSystem ActorRole = "SYSTEM"
)

// Author is who did something, as an event remembers it for good. The server itself has no ID and no name.
type Author struct {
	Role ActorRole
	ID   *uuid.UUID
	Name *string // as it was then
}

// Author tells as what the actor does something: of several roles the one that may most.
func (a Actor) Author() Author {
	if !a.SignedIn() {
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
