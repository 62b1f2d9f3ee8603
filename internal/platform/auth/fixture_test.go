package auth_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
)

// fixture is the sessions of a database of its own, with a clock that the test sets.
type fixture struct {
	t           *testing.T
	db          *pgtest.Database
	store       *customerstore.Store
	lookups     *countingSessions
	sessions    *auth.Sessions
	connections *auth.Connections
	passed      atomic.Int64
	set         atomic.Int64 // how far somebody has set the time of day
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	w := &fixture{t: t, db: pgtest.New(t)}
	w.store = customerstore.New(w.db.Gorm, w.now)
	w.lookups = &countingSessions{Sessions: customerview.NewSessions(w.db.Pool)}
	w.sessions = auth.NewSessions(w.lookups, w.now, w.elapsed)
	w.connections = auth.NewConnections(w.sessions)
	return w
}

func (w *fixture) now() time.Time {
	return time.Unix(1_800_000_000, w.passed.Load()+w.set.Load()).UTC()
}
func (w *fixture) elapsed() time.Duration  { return time.Duration(w.passed.Load()) }
func (w *fixture) advance(d time.Duration) { w.passed.Add(int64(d)) }

// session opens a session that lasts an hour, for a new cook.
func (w *fixture) session() (token string, cook uuid.UUID) {
	w.t.Helper()
	cook = uuid.Must(uuid.NewV7())
	token = auth.NewToken()
	hash, _ := auth.HashToken(token)
	err := w.store.Add(w.t.Context(), customer.Account{
		ID: cook, Name: "Cook", Email: cook.String() + "@example.com", PasswordHash: "none",
		Rights: customer.Rights{Roles: []auth.Role{auth.RoleCook, auth.RoleCustomer}},
	}, auth.System().Author(), customer.OpenSession{TokenHash: hash, AccountID: cook, CreatedAt: w.now(), ExpiresAt: w.now().Add(time.Hour)})
	require.NoError(w.t, err)
	return token, cook
}

func (w *fixture) exec(statement string, args ...any) {
	w.t.Helper()
	_, err := w.db.Pool.Exec(w.t.Context(), statement, args...)
	require.NoError(w.t, err)
}

// countingSessions is the real store. It counts its statements, and fails on demand.
type countingSessions struct {
	*customerview.Sessions
	statements atomic.Int64
	down       atomic.Bool
	// afterRead runs, if set, between the database's answer and its use.
	afterRead func()
}

func (a *countingSessions) Live(ctx context.Context, tokens []auth.TokenHash, at time.Time) (map[auth.TokenHash]auth.LiveSession, error) {
	a.statements.Add(1)
	if a.down.Load() {
		return nil, errors.New("connection refused")
	}
	live, err := a.Sessions.Live(ctx, tokens, at)
	if a.afterRead != nil {
		a.afterRead()
	}
	return live, err
}
