package screen_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/screen"
	"pizzeria/internal/screen/screenstore"
	"pizzeria/internal/screen/screenview"
)

// kitchen is a location with its manager, on a database of its own.
type kitchen struct {
	*testing.T
	db      *pgtest.Database
	at      uuid.UUID
	manager auth.Actor
	ahead   atomic.Int64

	pair    screen.PairScreenHandler
	issue   screen.IssueCodeHandler
	claim   screen.ClaimScreenHandler
	update  screen.UpdateScreenHandler
	revoke  screen.RevokeScreenHandler
	screens *screenview.ByIDHandler
}

func newKitchen(t *testing.T, limits customer.AttemptLimits) *kitchen {
	t.Helper()
	k := &kitchen{T: t, db: pgtest.New(t)}
	k.at = k.db.AddLocation(t, "EUR")
	k.manager = auth.Actor{ID: uuid.New(), Name: "Mia", Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{k.at}}
	store := screenstore.New(k.db.Gorm)
	attempts := customer.NewAttempts(limits, func() time.Duration { return time.Duration(k.ahead.Load()) })
	k.pair = screen.PairScreenHandler{Screens: store, Now: k.now}
	k.issue = screen.IssueCodeHandler{Screens: store, Now: k.now, NewCode: screen.NewCode}
	k.claim = screen.ClaimScreenHandler{Screens: store, Attempts: attempts, Now: k.now, NewToken: auth.NewToken}
	k.update = screen.UpdateScreenHandler{Screens: store, Now: k.now}
	k.revoke = screen.RevokeScreenHandler{Screens: store, Now: k.now}
	k.screens = &screenview.ByIDHandler{Pool: k.db.Pool}
	return k
}

// now is a time of the test's own, moved on by it.
func (k *kitchen) now() time.Time {
	return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC).Add(time.Duration(k.ahead.Load()))
}

func (k *kitchen) passes(d time.Duration) { k.ahead.Add(int64(d)) }

// handle does what the pipeline does around a handler.
func handle[C cqrs.Validator, R any](k *kitchen, h cqrs.Command[C, R], cmd C) (R, error) {
	k.Helper()
	if err := cmd.Validate(); err != nil {
		var none R
		return none, err
	}
	return h.Handle(k.Context(), cmd)
}

// paired makes a screen and returns it with a code.
func (k *kitchen) paired(name string) (id uuid.UUID, code string) {
	k.Helper()
	id, err := handle(k, &k.pair, screen.PairScreen{ID: uuid.New(), By: k.manager, IdempotencyKey: name, Name: name})
	require.NoError(k, err)
	return id, k.code(id)
}

func (k *kitchen) code(id uuid.UUID) string {
	k.Helper()
	issued, err := handle(k, &k.issue, screen.IssueCode{By: k.manager, ID: id})
	require.NoError(k, err)
	return issued.Code
}

func (k *kitchen) claims(code string) error {
	k.Helper()
	_, err := handle(k, &k.claim, screen.ClaimScreen{Code: code, Address: "203.0.113.9"})
	return err
}

func (k *kitchen) shown(id uuid.UUID) screenview.Screen {
	k.Helper()
	found, err := k.screens.Screen(k.Context(), id)
	require.NoError(k, err)
	require.NotNil(k, found)
	return *found
}

func (k *kitchen) refuses(code fault.Code, err error, path ...string) {
	k.Helper()
	refusal, ok := fault.As(err)
	require.True(k, ok, "%v", err)
	require.Equal(k, code, refusal.Code, refusal.Message)
	if path != nil {
		require.Equal(k, path, refusal.Path)
	}
}
