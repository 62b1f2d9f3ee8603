package customer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestSignInOpensASessionOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	first := w.signUpAnna()

	second, err := handle(t, &w.signIn, customer.SignIn{Email: " ANNA@example.com", Password: "correct horse"})

	require.NoError(t, err)
	require.NotEqual(t, first.Token, second.Token)
	require.Equal(t, first.Actor, second.Actor)
	for _, token := range []string{first.Token, second.Token} {
		actor, _, err := w.sessions.Authenticate(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, first.Actor, actor)
	}
}

func TestWrongEmailAndWrongPasswordAreOneAnswerAndOneEffort(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	w.signUpAnna()
	var refusals []*fault.Error
	for i, cmd := range []customer.SignIn{
		{Email: "anna@example.com", Password: "wrong horse"},
		{Email: "nobody@example.com", Password: "correct horse"},
		{Email: "nobody@example.com", Password: "\x00"},
	} {
		_, err := handle(t, &w.signIn, cmd)

		refusal, ok := fault.As(err)
		require.True(t, ok, "%v", err)
		refusals = append(refusals, refusal)
		require.EqualValues(t, i+1, w.passwords.verified.Load(), "each attempt costs one hash")
	}
	require.Equal(t, fault.New(fault.Unauthenticated, "E-mail or password is wrong."), refusals[0])
	require.Equal(t, refusals[0], refusals[1])
	require.Equal(t, refusals[0], refusals[2])
}

func TestWhatCanNotBeRightGetsTheSameAnswer(t *testing.T) {
	t.Parallel()
	want := fault.New(fault.Unauthenticated, "E-mail or password is wrong.")
	for _, cmd := range []customer.SignIn{
		{},
		{Email: "anna", Password: "correct horse"},
		{Email: "an\x00na@example.com", Password: "correct horse"},
		{Email: "anna@example.com"},
		{Email: "anna@example.com", Password: strings.Repeat("x", 1001)},
	} {
		require.Equal(t, error(want), cmd.Validate())
	}
}

func TestGuessingOneAccountIsLimited(t *testing.T) {
	t.Parallel()
	for _, email := range []string{"anna@example.com", "nobody@example.com"} {
		t.Run(email, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, customer.AttemptLimits{PerAccount: customer.Limit{Every: time.Hour, Burst: 3}})
			w.signUpAnna()
			guess := func(spelled string) error {
				_, err := handle(t, &w.signIn, customer.SignIn{Email: spelled, Password: "wrong horse", Origin: customer.Origin{Address: newID().String()}})
				return err
			}
			for range 3 {
				require.True(t, fault.Is(guess(email), fault.Unauthenticated))
			}

			require.True(t, fault.Is(guess(strings.ToUpper(email)), fault.RateLimited))
			require.EqualValues(t, 3, w.passwords.verified.Load(), "a refused attempt costs no hash")
			w.clock.advance(time.Hour)
			require.True(t, fault.Is(guess(email), fault.Unauthenticated))
		})
	}
}

func TestTheRightPasswordResetsTheAttempts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{PerAccountHere: customer.Limit{Every: time.Hour, Burst: 2}})
	w.signUpAnna()
	for range 4 {
		_, err := handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "wrong horse"})
		require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)

		_, err = handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "correct horse"})
		require.NoError(t, err)
	}
}

func TestGuessingFromOneAddressIsLimited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{
		PerAddress: customer.Limit{Every: time.Hour, Burst: 3},
		PerAccount: customer.Limit{Every: time.Hour, Burst: 2},
	})
	w.signUpAnna()
	try := func(email, password, address string) error {
		_, err := handle(t, &w.signIn, customer.SignIn{Email: email, Password: password, Origin: customer.Origin{Address: address}})
		return err
	}
	// One's own account between guesses doesn't help, nor does another address of the same network.
	require.True(t, fault.Is(try("a@example.com", "wrong horse", "2001:db8::1"), fault.Unauthenticated))
	require.NoError(t, try("anna@example.com", "correct horse", "2001:db8::2"))
	require.True(t, fault.Is(try("b@example.com", "wrong horse", "2001:db8::3"), fault.Unauthenticated))

	require.True(t, fault.Is(try("anna@example.com", "correct horse", "2001:db8::4"), fault.RateLimited))
	require.NoError(t, try("anna@example.com", "correct horse", "192.0.2.1"), "the refused attempt didn't count for the account")
}

func TestStrangersDoNotLockTheOwnerOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{
		PerAccountHere: customer.Limit{Every: time.Hour, Burst: 3}, PerAccount: customer.Limit{Every: time.Hour, Burst: 5},
	})
	first := w.signUpAnna()
	other := anna()
	other.Email = "other@example.com"
	stranger, err := handle(t, &w.signUp, other)
	require.NoError(t, err)
	try := func(password, address, device string) (customer.Session, error) {
		return handle(t, &w.signIn, customer.SignIn{
			Email: "anna@example.com", Password: password, Origin: customer.Origin{Address: address, Device: device},
		})
	}
	for range 3 {
		_, err := try("wrong horse", "192.0.2.1", "")
		require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	}
	_, err = try("correct horse", "192.0.2.1", "")
	require.True(t, fault.Is(err, fault.RateLimited), "%v", err)

	elsewhere, err := try("correct horse", "198.51.100.7", "")
	require.NoError(t, err, "another network is no stranger's")
	require.NotEqual(t, first.DeviceToken, elsewhere.DeviceToken)

	// From very many networks, all that strangers may try together is used up. Devices that the account knows still pass.
	_, err = try("wrong horse", "203.0.113.9", "")
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	for _, device := range []string{"", "nonsense", auth.NewToken(), stranger.DeviceToken} {
		_, err = try("correct horse", "203.0.113.10", device)
		require.True(t, fault.Is(err, fault.RateLimited), "%v", err)
	}
	for _, device := range []string{first.DeviceToken, elsewhere.DeviceToken} {
		again, err := try("correct horse", "192.0.2.1", device)
		require.NoError(t, err)
		require.Equal(t, device, again.DeviceToken)
	}

	// A stolen device's token guesses no faster.
	for range 3 {
		_, err = try("wrong horse", newID().String(), first.DeviceToken)
		require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	}
	_, err = try("correct horse", newID().String(), first.DeviceToken)
	require.True(t, fault.Is(err, fault.RateLimited), "%v", err)
}

func TestStandardAttemptLimitsStopAGuesser(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.StandardAttemptLimits())
	refused := 0
	for range 11 {
		_, err := handle(t, &w.signIn, customer.SignIn{Email: "nobody@example.com", Password: "wrong horse", Origin: customer.Origin{Address: "192.0.2.1"}})
		if fault.Is(err, fault.RateLimited) {
			refused++
		}
	}
	require.Equal(t, 1, refused)
}
