package customer_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/platform/fault"
)

func TestSignOutEndsOneSessionAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	gone := w.signUpAnna()
	stays, err := handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "correct horse"})
	require.NoError(t, err)
	for _, session := range []customer.Session{gone, stays} {
		_, _, err := w.sessions.Authenticate(t.Context(), session.Token)
		require.NoError(t, err)
	}

	ended, err := handle(t, &w.signOut, customer.SignOut{Token: gone.Token})
	require.NoError(t, err)
	require.True(t, ended)

	_, _, err = w.sessions.Authenticate(t.Context(), gone.Token)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	_, _, err = w.sessions.Authenticate(t.Context(), stays.Token)
	require.NoError(t, err)
}

func TestSignOutIsRepeatable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	session := w.signUpAnna()
	_, err := handle(t, &w.signOut, customer.SignOut{Token: session.Token})
	require.NoError(t, err)

	for _, token := range []string{session.Token, "", "no token"} {
		ended, err := handle(t, &w.signOut, customer.SignOut{Token: token})
		require.NoError(t, err)
		require.False(t, ended)
	}
}

func TestExpiredSessionsAreDeletedAndOthersStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	w.signUpAnna()
	w.clock.advance(29 * 24 * time.Hour)
	young, err := handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "correct horse"})
	require.NoError(t, err)
	w.clock.advance(2 * 24 * time.Hour)

	deleted, err := customerstore.SweepSessions().Run(t.Context(), w.db.Pool, w.clock.now())

	require.NoError(t, err)
	require.EqualValues(t, 1, deleted)
	_, _, err = w.sessions.Authenticate(t.Context(), young.Token)
	require.NoError(t, err)
}
