package cqrs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

func TestADatabaseThatIsAwayIsARefusalForNow(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	away := handler(func(context.Context, bake) (baked, error) { return baked{}, errAway })

	for name, message := range map[string]cqrs.Query[bake, baked]{
		"command":            cqrs.NewCommand(k.Pipeline, "bake", away),
		"idempotent command": idempotent(k.Pipeline, "bake", away),
		"query":              cqrs.NewQuery(k.Pipeline, "bake", away),
	} {
		_, err := message.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})

		refusal, ok := fault.As(err)
		require.True(t, ok, name)
		require.Equal(t, fault.Unavailable, refusal.Code, name)
		require.NotContains(t, refusal.Message, "10.0.0.1", name)
		require.ErrorIs(t, err, errAway, "the cause is kept for the log")
	}
	require.Contains(t, k.log.String(), "outcome=UNAVAILABLE")
}

func TestOtherErrorsStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	for _, cause := range []error{nil, errors.New("a bug"), fault.New(fault.NotFound, "No oven."), context.Canceled} {
		require.Equal(t, cause, k.Explain(cause))
	}
}

// pipeline needs no database, so that it can live in a bubble where time is not waited for.
func pipeline() cqrs.Pipeline {
	return cqrs.Pipeline{
		Log: slog.New(slog.DiscardHandler), Metrics: cqrs.NewMetrics(prometheus.NewRegistry()),
		Retryable:   func(err error) bool { return errors.Is(err, errRace) },
		Unavailable: func(err error) bool { return errors.Is(err, context.DeadlineExceeded) },
		Committed:   func() {}, Now: time.Now, NewID: uuid.New,
	}
}

func TestNothingIsWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	waits := handler(func(ctx context.Context, _ bake) (baked, error) {
		<-ctx.Done()
		return baked{}, ctx.Err()
	})
	for name, message := range map[string]struct {
		cqrs.Query[bake, baked]
		ends time.Duration
	}{
		"query":       {cqrs.NewQuery(pipeline(), "bake", waits), 3 * time.Second},
		"transaction": {cqrs.NewCommand(pipeline(), "bake", cqrs.Retry(pipeline(), waits)), 3 * time.Second},
		"command":     {cqrs.NewCommand(pipeline(), "bake", waits), 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()

				_, err := message.Handle(t.Context(), bake{Dish: "pizza"})

				require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
				require.Equal(t, message.ends, time.Since(began))
			})
		})
	}
}

func TestATransactionIsRunAgainOnlyWhileThereIsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began, tries := time.Now(), 0
		slow := cqrs.Retry(pipeline(), handler(func(ctx context.Context, _ bake) (baked, error) {
			tries++
			select {
			case <-ctx.Done():
				return baked{}, ctx.Err()
			case <-time.After(2 * time.Second):
				return baked{}, errRace
			}
		}))

		_, err := slow.Handle(t.Context(), bake{})

		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 2, tries)
		require.Equal(t, 3*time.Second, time.Since(began))
	})
}
