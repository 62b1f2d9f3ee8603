package cqrs_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

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
