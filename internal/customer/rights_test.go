package customer_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// staff adds an account and returns its id.
func (w *world) staff(email string, locations []uuid.UUID, roles ...auth.Role) uuid.UUID {
	w.t.Helper()
	id, err := handle(w.t, &w.addAccount, customer.AddAccount{
		Name: "Somebody", Email: email, Password: "correct horse", Roles: roles, LocationIDs: locations,
	})
	require.NoError(w.t, err)
	return id
}

func (w *world) signInAs(email string) (customer.Session, error) {
	w.t.Helper()
	return handle(w.t, &w.signIn, customer.SignIn{Email: email, Password: "correct horse"})
}

func TestWhoLosesARightIsSignedOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(here, there uuid.UUID) customer.ChangeRights
		ends   bool
	}{
		"another role": {func(_, _ uuid.UUID) customer.ChangeRights {
			return customer.ChangeRights{Roles: []auth.Role{auth.RoleDriver}}
		}, true},
		"another location": {func(_, there uuid.UUID) customer.ChangeRights {
			return customer.ChangeRights{LocationIDs: &[]uuid.UUID{there}}
		}, true},
		"suspended": {func(_, _ uuid.UUID) customer.ChangeRights { return customer.ChangeRights{Suspended: new(true)} }, true},
		"all that it had": {func(here, _ uuid.UUID) customer.ChangeRights {
			return customer.ChangeRights{Roles: []auth.Role{auth.RoleCook}, LocationIDs: &[]uuid.UUID{here}, Suspended: new(false)}
		}, false},
		"nothing": {func(_, _ uuid.UUID) customer.ChangeRights { return customer.ChangeRights{} }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, customer.AttemptLimits{})
			here, there := w.db.AddLocation(t, "USD"), w.db.AddLocation(t, "USD")
			id := w.staff("cook@example.com", []uuid.UUID{here}, auth.RoleCook)
			session, err := w.signInAs("cook@example.com")
			require.NoError(t, err)
			require.Equal(t, []uuid.UUID{here}, session.Actor.LocationIDs)

			cmd := c.change(here, there)
			cmd.ID = id
			_, err = handle(t, &w.changeRights, cmd)
			require.NoError(t, err)

			actor, _, err := w.sessions.Authenticate(t.Context(), session.Token)
			require.Equal(t, c.ends, fault.Is(err, fault.Unauthenticated), "%v", err)
			require.Equal(t, c.ends, w.count("public.events WHERE type = 'RIGHTS_CHANGED'") == 1, "the log tells of what has changed")
			if !c.ends {
				require.Equal(t, session.Actor, actor)
			}
		})
	}
}

func TestASuspendedAccountIsToldSoOnlyByItsPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	id := w.staff("cook@example.com", nil, auth.RoleCook)
	_, err := handle(t, &w.changeRights, customer.ChangeRights{ID: id, Suspended: new(true)})
	require.NoError(t, err)

	_, err = w.signInAs("cook@example.com")
	require.EqualError(t, err, "UNAUTHENTICATED: This account is suspended.")
	_, err = handle(t, &w.signIn, customer.SignIn{Email: "cook@example.com", Password: "wrong horse"})
	require.EqualError(t, err, "UNAUTHENTICATED: E-mail or password is wrong.")
	require.Zero(t, w.count("public.sessions"))

	_, err = handle(t, &w.changeRights, customer.ChangeRights{ID: id, Suspended: new(false)})
	require.NoError(t, err)
	_, err = w.signInAs("cook@example.com")
	require.NoError(t, err)
}

func TestTwoManagersCanNotTakeAwayEachOther(t *testing.T) {
	t.Parallel()
	for range 10 {
		w := newWorld(t, customer.AttemptLimits{})
		managers := []uuid.UUID{w.staff("a@example.com", nil, auth.RoleManager), w.staff("b@example.com", nil, auth.RoleManager)}
		w.staff("local@example.com", []uuid.UUID{w.db.AddLocation(t, "USD")}, auth.RoleManager)
		errs := make([]error, len(managers))
		var both errgroup.Group
		for i, id := range managers {
			both.Go(func() error {
				_, errs[i] = handle(t, &w.changeRights, customer.ChangeRights{ID: id, Suspended: new(true)})
				return nil
			})
		}
		require.NoError(t, both.Wait())

		require.NotEqual(t, errs[0] == nil, errs[1] == nil, "%v, %v", errs[0], errs[1])
		require.Equal(t, 1, w.count("public.accounts WHERE suspended_at IS NOT NULL"))
	}
}

func TestAManagerOfSomeLocationsChangesNobodyElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	here, there := w.db.AddLocation(t, "USD"), w.db.AddLocation(t, "USD")
	local := auth.Actor{ID: newID(), Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{here}}
	everywhere, both, own := w.staff("a@example.com", nil, auth.RoleCook), w.staff("b@example.com", []uuid.UUID{here, there}, auth.RoleCook), w.staff("c@example.com", []uuid.UUID{here}, auth.RoleCook)

	for _, cmd := range []customer.ChangeRights{
		{ID: everywhere, Suspended: new(true)},
		{ID: both, Suspended: new(true)},
		{ID: own, LocationIDs: &[]uuid.UUID{there}},
		{ID: own, LocationIDs: new([]uuid.UUID(nil))},
		{ID: newID(), Suspended: new(true)},
	} {
		cmd.By = local
		_, err := handle(t, &w.changeRights, cmd)
		require.Equal(t, customer.NotFound(), refusal(t, err))
	}
	_, err := handle(t, &w.changeRights, customer.ChangeRights{By: local, ID: own, Suspended: new(true)})
	require.NoError(t, err)
	_, err = handle(t, &w.changeRights, customer.ChangeRights{ID: own, LocationIDs: &[]uuid.UUID{here, newID()}})
	require.Equal(t, customer.UnknownLocation(), refusal(t, err))
}

func TestANewPasswordEndsAllSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	session := w.signUpAnna()

	_, err := handle(t, &w.setPassword, customer.SetPassword{ID: session.Actor.ID, Password: "another horse"})
	require.NoError(t, err)

	_, _, err = w.sessions.Authenticate(t.Context(), session.Token)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	_, err = w.signInAs("anna@example.com")
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	_, err = handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "another horse"})
	require.NoError(t, err)
}

func refusal(t *testing.T, err error) *fault.Error {
	t.Helper()
	refused, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	return refused
}
