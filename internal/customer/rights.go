package customer

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Rights are what an account may do, and where.
type Rights struct {
	Roles       []auth.Role
	LocationIDs []uuid.UUID // where the roles are held; nil: at all locations
	SuspendedAt *time.Time  // since when nobody may sign in; nil while the owner may
}

// maxLocations bounds the locations that one account is given by name.
const maxLocations = 1000

// ManagesAll tells whether somebody with these rights may do everything, everywhere.
func (r Rights) ManagesAll() bool {
	return r.SuspendedAt == nil && r.LocationIDs == nil && slices.Contains(r.Roles, auth.RoleManager)
}

// Same tells whether both may do the same.
func (r Rights) Same(other Rights) bool {
	return (r.SuspendedAt == nil) == (other.SuspendedAt == nil) &&
		auth.Actor{Roles: r.Roles, LocationIDs: r.LocationIDs}.SameRights(auth.Actor{Roles: other.Roles, LocationIDs: other.LocationIDs})
}

func validRoles(roles []auth.Role) error {
	if len(roles) == 0 {
		return fault.New(fault.BadUserInput, "An account needs a role.").At("roles")
	}
	for i, role := range roles {
		if !role.Valid() {
			return fault.New(fault.BadUserInput, "There is no such role.").At("roles")
		}
		if slices.Contains(roles[:i], role) {
			return fault.New(fault.BadUserInput, "Name each role once.").At("roles")
		}
	}
	return nil
}

// validLocations accepts nil, which means all locations, and refuses an empty list: a role that is held nowhere is none.
func validLocations(ids []uuid.UUID) error {
	if ids != nil && (len(ids) == 0 || len(ids) > maxLocations) {
		return fault.New(fault.BadUserInput, "Name 1 to %d locations, or none for all of them.", maxLocations).At("locationIds")
	}
	return location.NamedOnce(ids, "locationIds")
}

// UnknownLocation is the refusal of a location that does not exist.
func UnknownLocation() *fault.Error {
	return fault.New(fault.BadUserInput, "There is no such location.").At("locationIds")
}

// NotFound is the refusal for an account that does not exist, or is none of the actor's business.
func NotFound() *fault.Error { return fault.New(fault.NotFound, "There is no such account.").At("id") }

// NobodyManages is the refusal to take the last manager of the whole shop away.
func NobodyManages() *fault.Error {
	return fault.New(fault.BadUserInput, "Nobody else could manage the whole shop then. Make another manager first.").At("roles")
}
