package live_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
)

// While two versions are at work, the older one reads events that it doesn't know.
func TestAnEventThatCannotBeShownStopsNobody(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	before := s.now(t)
	w := s.watchKitchen(t, "")
	order := s.MustPlace(t)

	_, err := s.Pool.Exec(t.Context(), `
		WITH changed AS (
			UPDATE public.orders AS o SET version = o.version + 1 WHERE o.id = $1 RETURNING o.id, o.version
		)
		INSERT INTO public.events (at, stream, stream_id, version, type, payload, actor_role)
		SELECT now(), 'ORDER', c.id, c.version, 'OF_ANOTHER_VERSION', '{}', 'SYSTEM' FROM changed AS c`, order)
	require.NoError(t, err)
	s.MustMove(t, order, "CONFIRMED")

	require.Equal(t, []int{1, 3}, versions(w.changes(t, 2)))
	require.Equal(t, []int{1, 3}, versions(s.watchKitchen(t, before).changes(t, 2)))
	require.NoError(t, s.tail.Healthy())
}

func TestMalformedCursorIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	_, err := s.feed.Kitchen(t.Context(), cook, uuid.Nil, nil, "nonsense", live.Every)
	require.True(t, fault.Is(err, fault.BadUserInput))
	_, err = s.feed.Order(t.Context(), cook, s.MustPlace(t), "nonsense", live.Every)
	require.True(t, fault.Is(err, fault.BadUserInput))
}

func TestResyncWhereTheGapCantBeTold(t *testing.T) {
	t.Parallel()
	s, other := start(t, options{live: live.Options{MaxGap: 3}}), start(t, options{})
	old := s.now(t)
	order := s.MustPlace(t)
	s.MustMove(t, order, "CONFIRMED", "PREPARING", "READY")

	for name, after := range map[string]string{
		"gap": old, "other database": other.now(t), "future": future(t, s),
	} {
		for _, watch := range []func() *watcher{
			func() *watcher { return s.watchKitchen(t, after) },
			func() *watcher { return s.watchLatest(t, after) },
			func() *watcher { return s.watchOrder(t, order, after) },
		} {
			w := watch()
			require.Eventually(t, func() bool { return len(w.all()) == 1 }, 20*time.Second, time.Millisecond, name)
			resync, ok := w.all()[0].(*live.Resync)
			require.True(t, ok, name)
			require.NotEmpty(t, resync.Reason)

			s.MustMove(t, order, "READY")

			require.Eventually(t, func() bool { return len(w.all()) == 2 }, 20*time.Second, time.Millisecond, name)
			next := changes(t, w.all()[1:])
			again := s.watchKitchen(t, resync.Cursor)
			require.Equal(t, keys(next), keys(again.changes(t, 1)), "%s: the stream goes on from the cursor", name)
		}
	}
}

func TestStalledReaderIsDroppedWhileOthersGoOn(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := start(t, options{live: live.Options{Buffer: 8, Metrics: registry}, tail: events.TailOptions{Page: 4}})
	other := s.watchKitchen(t, "")
	begin := s.now(t)
	release := make(chan struct{})
	stalled := watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, uuid.Nil, nil, begin, live.Every))
		return func(yield func(live.Value, error) bool) {
			for item, err := range items {
				if !yield(item, err) {
					return
				}
				<-release
			}
		}, err
	})
	for i := range 30 {
		s.MustPlace(t)
		other.changes(t, i+1)
	}
	close(release)

	require.ErrorIs(t, stalled.failure(t), live.ErrFellBehind)
	got := changes(t, stalled.all())
	require.Less(t, len(got), 30)
	rest := s.watchKitchen(t, got[len(got)-1].Cursor).changes(t, 30-len(got))
	require.Equal(t, keys(other.changes(t, 30)), append(keys(got), keys(rest)...), "resumed exactly")
	require.InDelta(t, 1, metric(t, registry, "pizzeria_live_fell_behind_total"), 0)
}

func TestStreamEndsWhenItsSessionDoes(t *testing.T) {
	t.Parallel()
	var clock, asked atomic.Int64
	var over atomic.Bool
	gone := errors.New("the session is over")
	s := start(t, options{live: live.Options{
		Clock: func() time.Duration { return time.Duration(clock.Load()) * time.Second },
		Allowed: func(context.Context) error {
			asked.Add(1)
			if over.Load() {
				return gone
			}
			return nil
		},
	}})
	w := s.watchKitchen(t, "")
	for i := range 5 {
		s.MustPlace(t)
		w.changes(t, i+1)
	}
	require.Zero(t, asked.Load(), "within a second")
	clock.Add(1)
	for i := range 5 {
		s.MustPlace(t)
		w.changes(t, i+6)
	}
	require.EqualValues(t, 1, asked.Load())
	over.Store(true)
	clock.Add(1)
	s.MustPlace(t)

	require.ErrorIs(t, w.failure(t), gone)
	require.Len(t, w.all(), 10)
}

func TestResetHasEverybodyResume(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := start(t, options{live: live.Options{Metrics: registry}})
	order := s.MustPlace(t)
	kitchen, one := s.watchKitchen(t, ""), s.watchOrder(t, order, "")
	one.changes(t, 1)

	s.hub.Reset()

	require.ErrorIs(t, kitchen.failure(t), live.ErrFellBehind)
	require.ErrorIs(t, one.failure(t), live.ErrFellBehind)
	require.Zero(t, metric(t, registry, "pizzeria_live_subscribers"), "they have left")
}

func TestStreamLeavesOnceItIsClosed(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := start(t, options{live: live.Options{Metrics: registry}})
	order := s.MustPlace(t)
	kitchen, err := s.feed.Kitchen(t.Context(), cook, uuid.Nil, nil, "", live.Every)
	require.NoError(t, err)
	one, err := s.feed.Order(t.Context(), cook, order, "", live.Every)
	require.NoError(t, err)
	other, err := s.feed.Order(t.Context(), cook, order, s.now(t), live.Every)
	require.NoError(t, err)
	require.InDelta(t, 3, metric(t, registry, "pizzeria_live_subscribers"), 0)

	one.Close()
	one.Close()
	kitchen.Close()

	require.InDelta(t, 1, metric(t, registry, "pizzeria_live_subscribers"), 0)
	s.MustMove(t, order, "PREPARING")
	await(t.Context(), other)
	item, err := other.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, []int{2}, versions(changes(t, []live.Value{item.Value})), "who stays goes on")
	other.Close()
	require.Zero(t, metric(t, registry, "pizzeria_live_subscribers"))
}

func metric(t *testing.T, from prometheus.Gatherer, name string) float64 {
	t.Helper()
	families, err := from.Gather()
	require.NoError(t, err)
	for _, family := range families {
		if family.GetName() == name {
			m := family.GetMetric()[0]
			return m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	require.Fail(t, "no such metric", name)
	return 0
}

// future makes a cursor as the database would after some more billions of transactions.
func future(t *testing.T, s *server) string {
	t.Helper()
	var now string
	require.NoError(t, s.Pool.QueryRow(t.Context(), `SELECT `+s.log.MomentSQL()).Scan(&now))
	database, _, _ := strings.Cut(now, " ")
	text, err := s.log.CursorAt(database + " 1:99999999999: 99999999998")
	require.NoError(t, err)
	return text
}
