package cqrs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
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

// locked is a message that nobody may send.
type locked struct{ bake }

func (locked) Authorize() error { return fault.New(fault.Forbidden, "The oven is not yours.") }

func TestAMessageThatItsSenderMayNotSendIsNotEvenValidated(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	command := cqrs.NewCommand(k.Pipeline, "bake", cqrs.HandlerFunc[locked, baked](func(context.Context, locked) (baked, error) {
		panic("reached")
	}))

	for _, message := range []locked{{}, {bake{Dish: "pizza"}}} {
		_, err := command.Handle(t.Context(), message)

		require.True(t, fault.Is(err, fault.Forbidden), "%v", err)
	}
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
