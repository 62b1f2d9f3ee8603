package customer_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/readmodel"
)

func TestADeletedAccountIsGoneAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	anna := w.signUpAnna()
	w.updateProfile(anna, customer.UpdateProfile{Addresses: &[]postal.Address{{Street: "1", City: "B", PostalCode: "1"}}})

	_, err := w.deleteAccount(anna, "wrong horse")
	require.True(t, fault.Is(err, fault.BadUserInput), "%v", err)
	_, err = w.deleteAccount(anna, "correct horse")
	require.NoError(t, err)

	for _, table := range []string{"accounts", "sessions", "devices", "customer_addresses"} {
		require.Zero(t, w.count("public."+table), table)
	}
	_, _, err = w.sessions.Authenticate(t.Context(), anna.Token)
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	_, err = handle(t, &w.signIn, customer.SignIn{Email: "anna@example.com", Password: "correct horse"})
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
	require.Nil(t, w.profile(anna))
	again := w.signUpAnna()
	require.NotEqual(t, anna.Actor.ID, again.Actor.ID)
	_, err = w.deleteAccount(anna, "correct horse")
	require.True(t, fault.Is(err, fault.BadUserInput), "the new account is another's: %v", err)
}

func TestASessionCantBeOpenedBehindADeletion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	hash, _ := auth.HashToken(auth.NewToken())

	err := w.store.Open(t.Context(), customer.OpenSession{TokenHash: hash, AccountID: uuid.New(), CreatedAt: w.clock.now(), ExpiresAt: w.clock.now()})

	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

func TestPasswordsThatAreGuessedToDeleteAnAccountCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{PerAccountHere: customer.Limit{Every: time.Hour, Burst: 2}})
	anna := w.signUpAnna()

	for range 2 {
		_, err := w.deleteAccount(anna, "wrong horse")
		require.True(t, fault.Is(err, fault.BadUserInput), "%v", err)
	}

	_, err := w.deleteAccount(anna, "correct horse")
	require.True(t, fault.Is(err, fault.RateLimited), "%v", err)
}

func TestTheLastManagerCantDeleteThemselves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	mario := w.add(customer.AddAccount{Name: "Mario", Email: "mario@shop.example", Password: "correct horse", Roles: []auth.Role{auth.RoleManager}})
	remove := func(id uuid.UUID) error {
		_, err := handle(t, &customer.RemoveAccountHandler{Accounts: w.store}, customer.RemoveAccount{ID: id})
		return err
	}

	require.True(t, fault.Is(remove(mario), fault.BadUserInput))
	require.True(t, fault.Is(remove(uuid.New()), fault.NotFound))
	w.add(customer.AddAccount{Name: "Luigi", Email: "luigi@shop.example", Password: "correct horse", Roles: []auth.Role{auth.RoleManager}})
	require.NoError(t, remove(mario))
}

func TestAnErasureEndsOnceNothingCanComeAnyMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	anna := w.signUpAnna()
	_, err := w.deleteAccount(anna, "correct horse")
	require.NoError(t, err)
	renewed := false
	eraser := &customer.Eraser{
		Erasures: w.store, Data: []customer.PersonalData{orderstore.New(w.db.Gorm), events.Authors{DB: w.db.Gorm}, keystore.New(w.db.Gorm)},
		Renewed: func(ctx context.Context, since time.Time) (bool, error) {
			was, err := readmodel.Renewed(ctx, w.db.Pool, since)
			return was && renewed, err
		},
		Now: w.clock.now, Log: slog.New(slog.DiscardHandler),
	}
	state := func() (state string) {
		require.NoError(t, w.db.Pool.QueryRow(t.Context(), `
			SELECT CASE WHEN e.finished_at IS NOT NULL THEN 'finished' WHEN e.erased_at IS NOT NULL THEN 'erased' ELSE 'due' END
			FROM public.erasures AS e`).Scan(&state))
		return state
	}

	clean, err := eraser.Erase(t.Context(), anna.Actor.ID)
	require.NoError(t, err)
	require.True(t, clean)
	eraser.EraseDue(t.Context())
	require.Equal(t, "due", state(), "a command may still be under way")
	w.clock.advance(2 * time.Minute)
	_, err = w.db.Pool.Exec(t.Context(), `
		INSERT INTO public.idempotency_keys (actor_id, command, key, request_hash, subject_id, locked_until, created_at)
		VALUES ($1, 'placeOrder', 'late', sha256('a'), $1, now(), now())`, anna.Actor.ID)
	require.NoError(t, err)
	eraser.EraseDue(t.Context())
	require.Equal(t, "due", state(), "it found something")
	require.Zero(t, w.count("public.idempotency_keys"))
	w.clock.advance(2 * time.Minute)
	eraser.EraseDue(t.Context())
	require.Equal(t, "erased", state())
	w.clock.advance(2 * time.Minute)
	eraser.EraseDue(t.Context())
	require.Equal(t, "erased", state(), "read models still keep the past")
	renewed = true
	w.clock.advance(2 * time.Minute)
	eraser.EraseDue(t.Context())
	require.Equal(t, "finished", state())
}

func (w *world) deleteAccount(of customer.Session, password string) (bool, error) {
	w.t.Helper()
	attempts := w.signIn.Attempts
	h := &customer.DeleteAccountHandler{
		Accounts: w.store, Confirmation: customer.Confirmation{Accounts: w.store, Passwords: w.passwords, Attempts: attempts}, Forget: w.sessions.Forget,
	}
	return handle(w.t, h, customer.DeleteAccount{By: of.Actor, Token: of.Token, Password: password})
}

func (w *world) add(cmd customer.AddAccount) uuid.UUID {
	w.t.Helper()
	id, err := handle(w.t, &w.addAccount, cmd)
	require.NoError(w.t, err)
	return id
}
