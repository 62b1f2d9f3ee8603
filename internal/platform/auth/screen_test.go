package auth_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestAScreenIsACookOfItsLocationAndNoAccount(t *testing.T) {
	t.Parallel()
	id, here, there := uuid.New(), uuid.New(), uuid.New()

	screen := auth.Screen(id, "Oven 2", here)

	require.NoError(t, screen.Require(auth.RoleCook, auth.RoleManager))
	require.NoError(t, screen.At(here).Require(auth.RoleCook))
	require.True(t, screen.Known())
	for what, err := range map[string]error{
		"whatever any account may": screen.Require(),
		"a manager's":              screen.Require(auth.RoleManager),
		"a driver's":               screen.Require(auth.RoleDriver),
		"another location's":       screen.At(there).Require(auth.RoleCook),
		"the chain's":              screen.Everywhere().Require(auth.RoleCook),
		"a person's":               screen.RefuseScreens(),
	} {
		require.True(t, fault.Is(err, fault.Forbidden), "%s: %v", what, err)
	}
	require.False(t, screen.SignedIn())
	require.False(t, screen.Owns(uuid.New(), id), "nothing is ordered by a screen")
	require.False(t, screen.At(there).MaySee(id))
	require.NoError(t, auth.Actor{ID: id}.RefuseScreens())
}

func TestEventsNameTheScreen(t *testing.T) {
	t.Parallel()
	id := uuid.New()

	author := auth.Screen(id, "Oven 2", uuid.New()).Author()

	require.Equal(t, auth.Author{Role: "COOK", ID: &id, Name: new("Screen Oven 2")}, author)
}

func TestAScreenHasNotTheRightsOfACookWithTheSameRoles(t *testing.T) {
	t.Parallel()
	id, here := uuid.New(), uuid.New()
	screen := auth.Screen(id, "Oven 2", here)
	cook := auth.Actor{ID: id, Roles: []auth.Role{auth.RoleCook}, LocationIDs: []uuid.UUID{here}}

	require.True(t, screen.SameRights(auth.Screen(id, "Oven 3", here)), "whatever it is called")
	require.False(t, screen.SameRights(cook))
	require.False(t, cook.SameRights(screen))
	require.False(t, screen.SameRights(auth.Screen(id, "Oven 2", uuid.New())))
}
