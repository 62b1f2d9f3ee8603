package auth

import "github.com/google/uuid"

// Screen is a device of a location that has been paired, e.g. a tablet at an oven. It works there as a cook and is no account: what
// an account has, it doesn't. Its name tells in events that no person did it.
func Screen(id uuid.UUID, name string, location uuid.UUID) Actor {
	return Actor{ID: id, Name: "Screen " + name, Roles: []Role{RoleCook}, LocationIDs: []uuid.UUID{location}, IsScreen: true}
}

// RefuseScreens refuses, with FORBIDDEN, a screen: what is done isn't a cook's work but a person's.
func (a Actor) RefuseScreens() error {
	if a.IsScreen {
		return Forbidden()
	}
	return nil
}
