package auth_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestTokensAreLongAndDiffer(t *testing.T) {
	t.Parallel()
	one, other := auth.NewToken(), auth.NewToken()

	require.Len(t, one, 43)
	require.NotEqual(t, one, other)
	first, ok := auth.HashToken(one)
	require.True(t, ok)
	second, ok := auth.HashToken(other)
	require.True(t, ok)
	require.NotEqual(t, first, second)
}

func TestAuthenticateKnowsTheActor(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, cook := w.session()

	actor, expiresAt, err := w.sessions.Authenticate(t.Context(), token)

	require.NoError(t, err)
	require.Equal(t, auth.Actor{
		ID: cook, Name: "Cook", Email: cook.String() + "@example.com", Roles: []auth.Role{auth.RoleCook, auth.RoleCustomer},
	}, actor)
	require.Equal(t, w.now().Add(time.Hour), expiresAt)
}

func TestAuthenticateRefusesWhatIsNoSession(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, _ := w.session()
	for _, bad := range []string{"", "short", strings.Repeat("x", 1<<16), strings.ToUpper(token), auth.NewToken()} {
		_, _, err := w.sessions.Authenticate(t.Context(), bad)
		require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	}
}

func TestASessionExpiresEvenWhileItIsCached(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, _ := w.session()
	w.advance(time.Hour - time.Millisecond)
	_, _, err := w.sessions.Authenticate(t.Context(), token)
	require.NoError(t, err)

	w.advance(time.Millisecond)

	_, _, err = w.sessions.Authenticate(t.Context(), token)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

func TestAnotherProcessesChangesAreNoticedWithinASecond(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	promoted, manager := w.session()
	revoked, gone := w.session()
	for _, token := range []string{promoted, revoked, promoted, revoked} {
		_, _, err := w.sessions.Authenticate(t.Context(), token)
		require.NoError(t, err)
	}
	require.EqualValues(t, 2, w.lookups.statements.Load(), "within a second a session is looked up once")

	w.exec(`UPDATE public.accounts SET roles = ARRAY['MANAGER'] WHERE customer_id = $1`, manager)
	w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, gone)
	w.advance(time.Second)

	actor, _, err := w.sessions.Authenticate(t.Context(), promoted)
	require.NoError(t, err)
	require.Equal(t, []auth.Role{auth.RoleManager}, actor.Roles)
	_, _, err = w.sessions.Authenticate(t.Context(), revoked)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

// The time of day is set back an hour or forward by a minute: the cache is no older than a second all the same, and no
// younger.
func TestTheCacheDoesNotGoByTheTimeOfDay(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]time.Duration{"back": -time.Hour, "forward": time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			token, cook := w.session()
			_, _, err := w.sessions.Authenticate(t.Context(), token)
			require.NoError(t, err)

			w.set.Store(int64(set))
			_, _, err = w.sessions.Authenticate(t.Context(), token)
			require.NoError(t, err)
			require.EqualValues(t, 1, w.lookups.statements.Load(), "no time has passed")
			w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, cook)
			w.advance(time.Second)

			_, _, err = w.sessions.Authenticate(t.Context(), token)
			require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
		})
	}
}

func TestAForgottenSessionIsLookedUpAtOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, cook := w.session()
	_, _, err := w.sessions.Authenticate(t.Context(), token)
	require.NoError(t, err)
	w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, cook)

	w.sessions.Forget(token)

	_, _, err = w.sessions.Authenticate(t.Context(), token)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

func TestALookUpUnderWayDoesNotUndoForget(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, cook := w.session()
	w.lookups.afterRead = func() {
		w.lookups.afterRead = nil
		w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, cook)
		w.sessions.Forget(token)
	}
	_, _, err := w.sessions.Authenticate(t.Context(), token)
	require.NoError(t, err)

	_, _, err = w.sessions.Authenticate(t.Context(), token)

	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

func TestADatabaseThatIsDownIsNoRefusal(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	token, _ := w.session()
	w.lookups.down.Store(true)

	_, _, err := w.sessions.Authenticate(t.Context(), token)

	require.Error(t, err)
	_, refused := fault.As(err)
	require.False(t, refused)
}
