package cqrs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
)

// bake is a command that makes something with an id.
type bake struct {
	Dish   string    `json:"dish"`
	Key    string    `json:"-"`
	By     uuid.UUID `json:"-"`
	Result uuid.UUID `json:"-"`
}

func (c bake) Validate() error {
	if c.Dish == "" {
		return fault.New(fault.BadUserInput, "Bake what?").At("dish")
	}
	return nil
}

func (c bake) Intent() cqrs.Intent { return cqrs.Intent{ActorID: c.By, Key: c.Key} }

func (c bake) WithSubject(id uuid.UUID) bake {
	c.Result = id
	return c
}

// baked is the answer.
type baked struct {
	ID   uuid.UUID
	Dish string
}

var (
	errRace = errors.New("lost a race")
	errAway = errors.New("the database of 10.0.0.1 is away")
)

type kitchen struct {
	cqrs.Pipeline
	ahead     atomic.Int64 // of the time
	registry  *prometheus.Registry
	committed atomic.Int32
	log       *strings.Builder
}

func newKitchen(t *testing.T) *kitchen {
	k := &kitchen{registry: prometheus.NewRegistry(), log: &strings.Builder{}}
	keys := keystore.New(pgtest.New(t, pgtest.WithMaxConns(20)).Gorm)
	now := func() time.Time { return time.Now().Add(time.Duration(k.ahead.Load())) }
	away := func(err error) bool { return errors.Is(err, errAway) || errors.Is(err, context.DeadlineExceeded) }
	k.Pipeline = cqrs.Pipeline{
		Log:       slog.New(slog.NewTextHandler(k.log, nil)),
		Metrics:   cqrs.NewMetrics(k.registry),
		Retryable: func(err error) bool { return errors.Is(err, errRace) },
		Committed: func() { k.committed.Add(1) },
		Keys:      keys,
		Now:       now,
		NewID:     uuid.New,
	}
	k.Unavailable, k.Releaser = away, cqrs.NewReleaser(keys, away, clock.New(), k.Log)
	return k
}

// idempotent returns a command whose answer is its outcome.
func idempotent(p cqrs.Pipeline, name string, h cqrs.Command[bake, baked]) cqrs.Command[bake, baked] {
	return cqrs.NewIdempotentCommand(p, name, h, func(_ context.Context, outcome baked) (baked, error) { return outcome, nil })
}

func handler(do func(ctx context.Context, c bake) (baked, error)) cqrs.Command[bake, baked] {
	return cqrs.HandlerFunc[bake, baked](do)
}

func TestAnInvalidMessageNeverReachesTheHandler(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	command := cqrs.NewCommand(k.Pipeline, "bake", handler(func(context.Context, bake) (baked, error) {
		panic("reached")
	}))

	_, err := command.Handle(t.Context(), bake{})

	require.True(t, fault.Is(err, fault.BadUserInput))
	require.EqualValues(t, 1, k.committed.Load())
}

func TestLostRacesAreRunAgain(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	tries := 0
	losing := func(races int) cqrs.Command[bake, baked] {
		tries = 0
		return cqrs.Retry(k.Pipeline, handler(func(_ context.Context, c bake) (baked, error) {
			if tries++; tries <= races {
				return baked{}, errRace
			}
			return baked{Dish: c.Dish}, nil
		}))
	}

	answer, err := losing(3).Handle(t.Context(), bake{Dish: "pizza"})
	require.NoError(t, err)
	require.Equal(t, "pizza", answer.Dish)

	_, err = losing(4).Handle(t.Context(), bake{Dish: "pizza"})
	require.ErrorIs(t, err, errRace, "but not for ever")
	require.Equal(t, 4, tries)
}

func TestWhatHappensIsCountedAndLoggedWithoutWhatIsInIt(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	command := cqrs.NewCommand(k.Pipeline, "bake", handler(func(context.Context, bake) (baked, error) {
		return baked{}, fault.New(fault.NotFound, "No oven.")
	}))

	_, _ = command.Handle(t.Context(), bake{Dish: "secret recipe"})

	require.Contains(t, k.log.String(), "name=bake outcome=NOT_FOUND")
	require.NotContains(t, k.log.String(), "secret")
	require.Equal(t, 1, testutil.CollectAndCount(k.registry, "pizzeria_message_seconds"))
}

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
