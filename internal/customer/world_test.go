package customer_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/pgtest"
)

// world is sign-up, sign-in and sign-out on a database of their own.
type world struct {
	t         *testing.T
	db        *pgtest.Database
	store     *customerstore.Store
	sessions  *auth.Sessions
	passwords *countingPasswords
	clock     *clock

	signUp        customer.SignUpHandler
	signIn        customer.SignInHandler
	signOut       customer.SignOutHandler
	createAccount customer.CreateAccountHandler
	addAccount    customer.AddAccountHandler
	changeRights  customer.ChangeRightsHandler
	setPassword   customer.SetPasswordHandler
}

func newWorld(t *testing.T, limits customer.AttemptLimits) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t), clock: &clock{}}
	w.store = customerstore.New(w.db.Gorm, w.clock.now)
	w.sessions = auth.NewSessions(customerview.NewSessions(w.db.Pool), w.clock.now, w.clock.elapsed)
	w.passwords = &countingPasswords{Passwords: customer.NewPasswords(2)}
	issuer := customer.Issuer{Now: w.clock.now, NewToken: auth.NewToken}
	attempts := customer.NewAttempts(limits, w.clock.elapsed)
	w.signUp = customer.SignUpHandler{Accounts: w.store, Passwords: w.passwords, Attempts: attempts, Sessions: issuer, NewID: newID}
	w.signIn = customer.SignInHandler{Accounts: w.store, Passwords: w.passwords, Attempts: attempts, Sessions: issuer}
	w.signOut = customer.SignOutHandler{Sessions: w.store, Forget: w.sessions.Forget}
	w.addAccount = customer.AddAccountHandler{Accounts: w.store, Passwords: w.passwords, NewID: newID}
	w.changeRights = customer.ChangeRightsHandler{Accounts: w.store, Now: w.clock.now}
	w.setPassword = customer.SetPasswordHandler{Accounts: w.store, Passwords: w.passwords}
	w.createAccount = customer.CreateAccountHandler{Accounts: w.store, Passwords: w.passwords}
	return w
}

// countingPasswords are real ones that count how often they verified.
type countingPasswords struct {
	*customer.Passwords
	verified atomic.Int64
}

func (p *countingPasswords) Verify(ctx context.Context, password, hash string) (bool, error) {
	p.verified.Add(1)
	return p.Passwords.Verify(ctx, password, hash)
}

// clock is the real time, moved on by the test.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) elapsed() time.Duration  { return time.Duration(c.ahead.Load()) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// handle does what the pipeline does around a handler.
func handle[C cqrs.Validator, R any](t *testing.T, h cqrs.Command[C, R], cmd C) (R, error) {
	t.Helper()
	if err := cmd.Validate(); err != nil {
		var none R
		return none, err
	}
	return h.Handle(t.Context(), cmd)
}

func anna() customer.SignUp {
	return customer.SignUp{Name: "Anna", Email: "anna@example.com", Password: "correct horse", Phone: new("+49 30 123")}
}

func (w *world) signUpAnna() customer.Session {
	w.t.Helper()
	session, err := handle(w.t, &w.signUp, anna())
	require.NoError(w.t, err)
	return session
}

func (w *world) count(table string) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Pool.QueryRow(w.t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}
