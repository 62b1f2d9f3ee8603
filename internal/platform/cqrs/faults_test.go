package cqrs_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/clock"
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

// A request that outlives its lease must not answer differently from the one that took over.
func TestAnAnswerAfterTheLeaseGivesWayToTheFirst(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	var runs atomic.Int32
	var command cqrs.Command[bake, baked]
	var second baked
	request := bake{Dish: "pizza", Key: "k"}
	command = idempotent(k.Pipeline, "bake", handler(func(ctx context.Context, c bake) (baked, error) {
		if runs.Add(1) > 1 {
			return baked{ID: c.Result, Dish: "by the second"}, nil
		}
		k.ahead.Add(int64(time.Minute))
		var err error
		second, err = command.Handle(ctx, request)
		require.NoError(t, err)
		return baked{ID: c.Result, Dish: "by the first"}, nil
	}))

	first, err := command.Handle(t.Context(), request)

	require.NoError(t, err)
	require.Equal(t, "by the second", second.Dish)
	require.Equal(t, second, first)
	again, err := command.Handle(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, second, again)
	require.EqualValues(t, 2, runs.Load())
}

// A request that outlives its lease must not give back what another holds now.
func TestALostClaimIsNotReleased(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	now := time.Now()
	lost := cqrs.Claim{
		Intent: cqrs.Intent{Key: "k"}, Command: "bake", SubjectID: uuid.New(), At: now, LockedUntil: now.Add(time.Second),
	}
	held := lost
	held.At, held.LockedUntil = now.Add(2*time.Second), now.Add(time.Minute)
	for _, c := range []cqrs.Claim{lost, held} {
		claimed, err := k.Keys.Claim(t.Context(), c)
		require.NoError(t, err)
		require.True(t, claimed.Acquired)
	}

	require.NoError(t, k.Keys.Release(t.Context(), lost))
	stored, err := k.Keys.Answer(t.Context(), lost, json.RawMessage(`{}`))
	require.NoError(t, err)
	require.False(t, stored)

	third := held
	third.At = now.Add(3 * time.Second)
	claimed, err := k.Keys.Claim(t.Context(), third)
	require.NoError(t, err)
	require.False(t, claimed.Acquired)
	require.Nil(t, claimed.Answer)
	stored, err = k.Keys.Answer(t.Context(), held, json.RawMessage(`{}`))
	require.NoError(t, err)
	require.True(t, stored)
}

// flakyKeys are away for some calls, each after it has been done: a connection that breaks before the answer comes.
type flakyKeys struct {
	cqrs.Keys
	claims, answers, releases atomic.Int32
}

func (f *flakyKeys) Claim(ctx context.Context, c cqrs.Claim) (cqrs.Claimed, error) {
	claimed, err := f.Keys.Claim(ctx, c)
	if f.claims.Add(-1) >= 0 {
		return cqrs.Claimed{}, errAway
	}
	return claimed, err
}

func (f *flakyKeys) Answer(ctx context.Context, c cqrs.Claim, answer json.RawMessage) (bool, error) {
	if f.answers.Add(-1) >= 0 {
		return false, errAway
	}
	return f.Keys.Answer(ctx, c, answer)
}

func (f *flakyKeys) Release(ctx context.Context, c cqrs.Claim) error {
	if f.releases.Add(-1) >= 0 {
		return errAway
	}
	return f.Keys.Release(ctx, c)
}

// A client that gets UNAVAILABLE and repeats the request doesn't wait for the lease, and has the command done once.
func TestAClaimIsGivenBackAsSoonAsTheDatabaseIsBack(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(*flakyKeys){
		"while claiming":  func(f *flakyKeys) { f.claims.Store(1) },
		"while answering": func(f *flakyKeys) { f.answers.Store(1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKitchen(t)
			keys := &flakyKeys{Keys: k.Keys}
			keys.releases.Store(2)
			away(keys)
			k.Keys, k.Releaser = keys, cqrs.NewReleaser(keys, k.Unavailable, clock.New(), k.Log)
			go k.Releaser.Run(t.Context())
			ids := map[uuid.UUID]bool{}
			command := idempotent(k.Pipeline, "bake", handler(func(_ context.Context, c bake) (baked, error) {
				ids[c.Result] = true
				return baked{ID: c.Result}, nil
			}))

			_, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})
			require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
			answer, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})

			require.NoError(t, err)
			require.Equal(t, map[uuid.UUID]bool{answer.ID: true}, ids)
		})
	}
}
