package cqrs_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

func TestRepeatedIntentGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	runs := 0
	command := idempotent(k.Pipeline, "bake", handler(func(_ context.Context, c bake) (baked, error) {
		runs++
		return baked{ID: c.Result, Dish: c.Dish}, nil
	}))
	me, you := uuid.New(), uuid.New()

	first, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k", By: me})
	require.NoError(t, err)
	again, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k", By: me})
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, 1, runs)

	_, err = command.Handle(t.Context(), bake{Dish: "pasta", Key: "k", By: me})
	require.True(t, fault.Is(err, fault.IdempotencyConflict), "another request under the same key")
	yours, err := command.Handle(t.Context(), bake{Dish: "pasta", Key: "k", By: you})
	require.NoError(t, err, "another actor's key is another key")
	require.NotEqual(t, first.ID, yours.ID)
}

func TestRefusalIsAnAnswerToo(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	runs := 0
	command := idempotent(k.Pipeline, "bake", handler(func(context.Context, bake) (baked, error) {
		runs++
		return baked{}, fault.New(fault.VersionConflict, "Another dough.").With(fault.Details{CurrentVersion: 7})
	}))

	_, first := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})
	_, again := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})

	require.Equal(t, first, again)
	require.Equal(t, 1, runs)
}

func TestARefusalThatMayPassIsNoAnswer(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	for i, code := range []fault.Code{fault.InsufficientStock, fault.PriceChanged, fault.Unavailable, fault.PaymentInProgress} {
		runs := 0
		command := idempotent(k.Pipeline, "bake", handler(func(_ context.Context, c bake) (baked, error) {
			if runs++; runs == 1 {
				return baked{}, fault.New(code, "Not now.")
			}
			return baked{ID: c.Result}, nil
		}))
		intent := bake{Dish: "pizza", Key: string(rune('a' + i))}

		_, first := command.Handle(t.Context(), intent)
		again, err := command.Handle(t.Context(), intent)
		third, _ := command.Handle(t.Context(), intent)

		require.True(t, fault.Is(first, code), code)
		require.NoError(t, err)
		require.Equal(t, again, third)
		require.Equal(t, 2, runs)
	}
}

func TestFaultIsNoAnswerAndTheNextTryFinishesUnderTheSameID(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	var ids []uuid.UUID
	command := idempotent(k.Pipeline, "bake", handler(func(_ context.Context, c bake) (baked, error) {
		if ids = append(ids, c.Result); len(ids) == 1 {
			return baked{}, errors.New("the oven is cold")
		}
		return baked{ID: c.Result}, nil
	}))

	_, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})
	require.ErrorContains(t, err, "cold")
	answer, err := command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})

	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{answer.ID, answer.ID}, ids)
}

func TestManyCopiesAtOnceRunOnce(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	var runs atomic.Int32
	command := idempotent(k.Pipeline, "bake", handler(func(_ context.Context, c bake) (baked, error) {
		runs.Add(1)
		time.Sleep(50 * time.Millisecond)
		return baked{ID: c.Result}, nil
	}))

	answers := make([]baked, 20)
	var copies sync.WaitGroup
	for i := range answers {
		copies.Go(func() {
			var err error
			answers[i], err = command.Handle(t.Context(), bake{Dish: "pizza", Key: "k"})
			if err != nil {
				t.Errorf("copy %d: %v", i, err)
			}
		})
	}
	copies.Wait()

	require.EqualValues(t, 1, runs.Load())
	for _, a := range answers {
		require.Equal(t, answers[0], a)
	}
}

func TestClaimOfACrashedTryIsTakenOverWhenItsLeaseEnds(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	now := time.Now()
	claim := cqrs.Claim{
		Intent: cqrs.Intent{Key: "k"}, Command: "bake", SubjectID: uuid.New(), At: now, LockedUntil: now.Add(time.Minute),
	}
	crashed, err := k.Keys.Claim(t.Context(), claim)
	require.NoError(t, err)
	require.True(t, crashed.Acquired)

	soon, late := claim, claim
	soon.SubjectID, late.SubjectID = uuid.New(), uuid.New()
	late.At = now.Add(2 * time.Minute)
	waiting, err := k.Keys.Claim(t.Context(), soon)
	require.NoError(t, err)
	require.False(t, waiting.Acquired)
	require.Nil(t, waiting.Answer)
	taken, err := k.Keys.Claim(t.Context(), late)
	require.NoError(t, err)
	require.True(t, taken.Acquired)
	require.Equal(t, claim.SubjectID, taken.SubjectID)
}
