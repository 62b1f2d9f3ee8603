package live_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
)

func TestOrderBeginsWithItsCurrentState(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	order := s.MustPlace(t)
	s.MustMove(t, order, "CONFIRMED")
	other := s.MustPlace(t)

	w := s.watchOrder(t, order, "")
	w.changes(t, 1)
	s.MustMove(t, order, "PREPARING", "READY")
	s.MustMove(t, other, "CONFIRMED")
	s.tail.Wake()

	got := w.changes(t, 3)
	require.Equal(t, []int{2, 3, 4}, versions(got))
	for _, c := range got {
		require.Equal(t, c.Event.Version, c.Order.Version, "the order as it stood after the event")
		require.Equal(t, c.Event.To, c.Order.Status)
		detail, err := c.Order.Detail()
		require.NoError(t, err)
		require.Len(t, detail.Timeline, c.Event.Version)
	}
	paid, err := got[1].Order.Payment()
	require.NoError(t, err)
	require.EqualValues(t, 3, paid.Refunded)
}

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

func TestOrderContinuesExactlyAfterEachCursor(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{Page: 2}})
	order := s.MustPlace(t)
	w := s.watchOrder(t, order, "")
	w.changes(t, 1)
	s.MustMove(t, order, "CONFIRMED", "PREPARING")
	s.MustPlace(t)
	s.MustMove(t, order, "READY", "PICKED_UP")
	first := w.changes(t, 5)

	for i, c := range first {
		again := s.watchOrder(t, order, c.Cursor)
		require.Equal(t, versions(first[i+1:]), versions(again.changes(t, len(first)-i-1)))
	}
}

func TestOrderThatIsNotOnesOwnIsNotFound(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	order := s.MustPlace(t)
	stranger := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCustomer}}

	var answers []string
	for _, after := range []string{"", s.now(t)} {
		_, err := s.feed.Order(t.Context(), stranger, order, after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		answers = append(answers, err.Error())
		_, err = s.feed.Order(t.Context(), stranger, uuid.New(), after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		answers = append(answers, err.Error())
		_, err = s.feed.Order(t.Context(), cook, uuid.Nil, after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		_, err = s.feed.Order(t.Context(), cook, order, after, live.Every)
		require.NoError(t, err)
	}
	require.Equal(t, answers[0], answers[1])
	require.Equal(t, answers[2], answers[3])
}

func TestKitchenSeesEveryChangeFromNowOn(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	before := s.MustPlace(t)
	w := s.watchKitchen(t, "")

	order := s.MustPlace(t)
	s.MustMove(t, before, "CONFIRMED")
	s.MustMove(t, order, "CANCELLED")

	require.Equal(t, []eventstest.Key{{ID: order, Version: 1}, {ID: before, Version: 2}, {ID: order, Version: 2}},
		keys(w.changes(t, 3)))
}

func TestKitchenFiltersByStatusAndStillResumesExactly(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	begin := s.now(t)
	to := []ordering.Status{ordering.Confirmed, ordering.Ready}
	w := s.watchKitchen(t, begin, to...)
	for range 4 {
		order := s.MustPlace(t)
		s.MustMove(t, order, "CONFIRMED", "PREPARING", "READY", "PICKED_UP")
	}
	got := w.changes(t, 8)
	for i, c := range got {
		require.Contains(t, to, c.Event.To)
		require.Equal(t, keys(got[i+1:]), keys(s.watchKitchen(t, c.Cursor, to...).changes(t, 7-i)))
	}
}

// The reader joins between two looks of the tail, and sees more than the tail had: the tail's cursors won't do for it.
func TestReaderWhoJoinedAheadOfTheTailResumesExactly(t *testing.T) {
	t.Parallel()
	for _, mode := range []live.Mode{live.Every, live.Latest} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := prepare(t, eventstest.Open(t), options{})
			slow, err := s.Pool.Begin(t.Context())
			require.NoError(t, err)
			late, err := s.Place(t.Context(), slow)
			require.NoError(t, err)
			s.MustPlace(t)
			w := s.watchKitchenIn(t, mode, "")
			require.NoError(t, slow.Commit(t.Context()))
			s.MustPlace(t)

			s.run(t)

			got := w.changes(t, 2)
			require.Len(t, got, 2, "not what was there before it joined")
			require.Equal(t, late, got[0].Order.ID)
			require.Equal(t, keys(got[1:]), keys(s.watchKitchen(t, got[0].Cursor).changes(t, 1)))
			last := s.watchKitchen(t, got[1].Cursor)
			next := s.MustPlace(t)
			require.Equal(t, next, last.changes(t, 1)[0].Order.ID)
		})
	}
}

func TestKitchenIsForStaff(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	_, err := s.feed.Kitchen(t.Context(), s.customer(), nil, "", live.Every)
	require.True(t, fault.Is(err, fault.Forbidden))
}

func TestMalformedCursorIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	_, err := s.feed.Kitchen(t.Context(), cook, nil, "nonsense", live.Every)
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

func TestGapOfAnOrderCountsItsOwnEventsOnly(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{MaxGap: 3}})
	order := s.MustPlace(t)
	old := s.now(t)
	for range 10 {
		s.MustPlace(t)
	}
	s.MustMove(t, order, "CONFIRMED")

	require.Equal(t, []int{2}, versions(s.watchOrder(t, order, old).changes(t, 1)))
}

func TestStalledReaderIsDroppedWhileOthersGoOn(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := start(t, options{live: live.Options{Buffer: 8, Metrics: registry}, tail: events.TailOptions{Page: 4}})
	other := s.watchKitchen(t, "")
	begin := s.now(t)
	release := make(chan struct{})
	stalled := watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, nil, begin, live.Every))
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
	kitchen, err := s.feed.Kitchen(t.Context(), cook, nil, "", live.Every)
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
