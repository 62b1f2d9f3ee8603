package auth_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// open returns the context of a stream that is open.
func (w *fixture) open() (ctx context.Context, cook uuid.UUID) {
	w.t.Helper()
	token, cook := w.session()
	ctx, err := w.connections.Authenticate(w.t.Context(), token)
	require.NoError(w.t, err)
	return ctx, cook
}

func TestAStreamsContextHoldsActorAndToken(t *testing.T) {
	t.Parallel()
	w := newFixture(t)

	ctx, cook := w.open()

	require.Equal(t, cook, auth.FromContext(ctx).ID)
	require.Equal(t, cook.String(), w.connections.User(ctx))
	require.Len(t, auth.TokenFromContext(ctx), 43)
	require.Empty(t, w.connections.User(t.Context()))
	require.NoError(t, w.connections.StillValid(t.Context()), "visitors stay visitors")
	_, err := w.connections.Authenticate(t.Context(), auth.NewToken())
	require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
}

func TestAnOpenStreamNoticesTheEndOfItsSession(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(w *fixture, cook uuid.UUID){
		"signed out": func(w *fixture, cook uuid.UUID) { w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, cook) },
		"role taken": func(w *fixture, cook uuid.UUID) {
			w.exec(`UPDATE public.accounts SET roles = ARRAY['CUSTOMER'] WHERE customer_id = $1`, cook)
		},
		"role given": func(w *fixture, cook uuid.UUID) {
			w.exec(`UPDATE public.accounts SET roles = roles || 'MANAGER'::text WHERE customer_id = $1`, cook)
		},
		"expired": func(w *fixture, _ uuid.UUID) { w.advance(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			ctx, cook := w.open()
			require.NoError(t, w.connections.StillValid(ctx))

			end(w, cook)

			err := w.connections.StillValid(ctx)
			require.True(t, fault.Is(err, fault.Unauthenticated), "%v", err)
		})
	}
}

func TestTheOrderOfRolesDoesNotMatter(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	ctx, cook := w.open()

	w.exec(`UPDATE public.accounts SET roles = ARRAY['CUSTOMER', 'COOK'] WHERE customer_id = $1`, cook)

	require.NoError(t, w.connections.StillValid(ctx))
}

func TestManyStreamsShareAStatement(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	one, cook := w.open()
	other, _ := w.open()
	w.exec(`DELETE FROM public.sessions WHERE account_id = $1`, cook)
	before := w.lookups.statements.Load()
	var all errgroup.Group
	for range 500 {
		all.Go(func() error { return w.connections.StillValid(other) })
		all.Go(func() error {
			if err := w.connections.StillValid(one); !fault.Is(err, fault.Unauthenticated) {
				return fmt.Errorf("not refused: %w", err)
			}
			return nil
		})
	}

	require.NoError(t, all.Wait())

	require.Less(t, w.lookups.statements.Load()-before, int64(100), "of a thousand checks")
}

func TestARecheckEndsWithItsContextAndFailsWithTheDatabase(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	stream, _ := w.open()
	over, cancel := context.WithCancel(stream)
	cancel()
	require.ErrorIs(t, w.connections.StillValid(over), context.Canceled)
	w.lookups.down.Store(true)

	err := w.connections.StillValid(stream)

	require.Error(t, err)
	_, refused := fault.As(err)
	require.False(t, refused, "the stream lives on until the answer is known")
	w.lookups.down.Store(false)
	require.NoError(t, w.connections.StillValid(stream))
}
