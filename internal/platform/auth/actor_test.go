package auth_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestRolesAreHeldAtSomeLocationsOrAtAll(t *testing.T) {
	t.Parallel()
	id, here, there := uuid.New(), uuid.New(), uuid.New()
	local := auth.Actor{ID: id, Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{here}}
	chief := auth.Actor{ID: id, Roles: []auth.Role{auth.RoleManager}}
	nowhere := auth.Actor{ID: id, Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{}}

	for _, c := range []struct {
		by          auth.Actor
		manages     bool
		whose, what string
	}{
		{local.At(here), true, "a manager's of some", "at theirs"},
		{local.At(there), false, "a manager's of some", "at another"},
		{local.At(uuid.Nil), false, "a manager's of some", "at none"},
		{local.Everywhere(), false, "a manager's of some", "everywhere"},
		{chief.At(here), true, "a manager's of all", "anywhere"},
		{chief.Everywhere(), true, "a manager's of all", "everywhere"},
		{nowhere.At(here), false, "who has lost the last location", "anywhere"},
		{nowhere.Everywhere(), false, "who has lost the last location", "everywhere"},
		{auth.Actor{}.At(here), false, "a visitor's", "anywhere"},
		{auth.System().Everywhere(), false, "the server's", "everywhere"},
	} {
		require.Equal(t, c.manages, c.by.Is(auth.RoleManager), "%s rights %s", c.whose, c.what)
		require.Equal(t, c.manages, c.by.Staff(), "%s rights %s", c.whose, c.what)
		require.Equal(t, c.manages, c.by.MaySee(uuid.New()), "%s rights %s", c.whose, c.what)
		require.Equal(t, c.manages, c.by.Require(auth.RoleCook, auth.RoleManager) == nil, "%s rights %s", c.whose, c.what)
	}
	require.True(t, local.At(there).MaySee(id), "elsewhere they are customers")
	require.Equal(t, auth.ActorRole(auth.RoleCustomer), local.At(there).Author().Role)
	require.Equal(t, auth.ActorRole(auth.RoleManager), local.At(here).Author().Role)
	require.Equal(t, []auth.Role{auth.RoleManager}, local.Roles, "nothing was changed")
}

func TestWhatNeedsAnAccountAndWhatNeedsARole(t *testing.T) {
	t.Parallel()
	customer := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCustomer}}

	require.NoError(t, customer.Require())
	require.True(t, fault.Is(customer.Require(auth.RoleManager), fault.Forbidden))
	require.True(t, fault.Is(auth.Actor{}.Require(), fault.Unauthenticated))
	require.True(t, fault.Is(auth.Actor{}.Require(auth.RoleManager), fault.Unauthenticated))
}
