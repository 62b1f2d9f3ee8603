package live_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/live"
)

func TestABusyReaderGetsTheLatestOfEachOrder(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := start(t, options{live: live.Options{Metrics: registry}})
	before := s.MustPlace(t)
	every := s.watchKitchen(t, "")
	blocked := s.watchBlocked(t, "")
	first := s.MustPlace(t)
	blocked.changes(t, 1)

	s.MustMove(t, first, "CONFIRMED", "PREPARING")
	second := s.MustPlace(t)
	s.MustMove(t, before, "CONFIRMED", "CANCELLED")
	s.MustMove(t, first, "READY")
	s.MustMove(t, second, "CONFIRMED")
	last := s.MustPlace(t)
	all := every.changes(t, 9)
	blocked.unblock()

	got := blocked.changes(t, 5)
	require.Equal(t, []eventstest.Key{
		{ID: first, Version: 1},
		{ID: before, Version: 3},
		{ID: first, Version: 4},
		{ID: second, Version: 2},
		{ID: last, Version: 1},
	}, keys(got))
	require.InDelta(t, 4, metric(t, registry, "pizzeria_live_events_superseded_total"), 0)
	for _, c := range got {
		require.Equal(t, c.Event.Version, c.Order.Version, "the order as it stood after the event")
	}
	for _, c := range got { // what a reader of every event got after it
		i := index(all, c)
		require.Equal(t, keys(all[i+1:]), keys(s.watchKitchen(t, c.Cursor).changes(t, len(all)-i-1)))
	}
}

func TestLatestCatchesUpWithTheNewestOfEachOrder(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{Page: 2}})
	begin := s.now(t)
	var orders []uuid.UUID
	for range 4 {
		orders = append(orders, s.MustPlace(t))
	}
	for _, order := range orders[1:] {
		s.MustMove(t, order, "CONFIRMED", "PREPARING", "READY")
	}
	latest := []eventstest.Key{
		{ID: orders[0], Version: 1}, {ID: orders[1], Version: 4}, {ID: orders[2], Version: 4}, {ID: orders[3], Version: 4},
	}

	got := s.watchLatest(t, begin).changes(t, 4)

	require.Equal(t, latest, keys(got))
	for i, c := range got {
		require.Equal(t, latest[i+1:], keys(s.watchLatest(t, c.Cursor).changes(t, 3-i)))
	}
	rest := s.watchKitchen(t, got[2].Cursor).changes(t, 3)
	require.Equal(t, []int{2, 3, 4}, versions(rest), "the other mode gives exactly what came after")
}

func TestLatestOfOneOrder(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	order := s.MustPlace(t)
	s.MustMove(t, order, "CONFIRMED")
	w := s.watchOrderIn(t, live.Latest, order, "")
	begin := w.changes(t, 1)
	s.MustMove(t, order, "PREPARING")
	w.changes(t, 2)
	w.close()
	s.MustMove(t, order, "READY", "PICKED_UP")

	again := s.watchOrderIn(t, live.Latest, order, begin[0].Cursor)

	require.Equal(t, []int{2, 3}, versions(w.changes(t, 2)))
	require.Equal(t, []int{5}, versions(again.changes(t, 1)))
}

func TestLatestKeepsToTheStatesAskedFor(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	begin := s.now(t)
	every := s.watchKitchen(t, "")
	blocked := s.watchBlocked(t, begin, ordering.Confirmed, ordering.Ready)
	first := s.MustPlace(t)
	s.MustMove(t, first, "CONFIRMED")
	blocked.changes(t, 1)
	second := s.MustPlace(t)
	s.MustMove(t, second, "CONFIRMED", "PREPARING", "READY", "PICKED_UP")
	s.MustMove(t, first, "PREPARING")
	last := s.MustPlace(t)
	s.MustMove(t, last, "CONFIRMED")
	every.changes(t, 10)
	blocked.unblock()

	latest := []eventstest.Key{{ID: first, Version: 2}, {ID: second, Version: 4}, {ID: last, Version: 2}}
	require.Equal(t, latest, keys(blocked.changes(t, 3)), "the newest of those that led there")
	require.Equal(t, latest, keys(s.watchLatest(t, begin, ordering.Confirmed, ordering.Ready).changes(t, 3)))
}

// An event that was read from the log, and waits for a blocked reader, can be superseded like those that the hub
// delivers.
func TestLatestIsOvertakenWhileAReaderCatchesUp(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	begin := s.now(t)
	every := s.watchKitchen(t, "")
	first, second, third := s.MustPlace(t), s.MustPlace(t), s.MustPlace(t)
	blocked := s.watchBlocked(t, begin)
	blocked.changes(t, 1)

	s.MustMove(t, third, "CONFIRMED")
	s.MustMove(t, first, "CONFIRMED")
	s.MustMove(t, third, "PREPARING")
	last := s.MustPlace(t)
	every.changes(t, 7)
	blocked.unblock()

	require.Equal(t, []eventstest.Key{
		{ID: first, Version: 1},
		{ID: second, Version: 1},
		{ID: first, Version: 2},
		{ID: third, Version: 3},
		{ID: last, Version: 1},
	}, keys(blocked.changes(t, 5)))
}

func TestLatestIsBoundedByTheOrdersThatWait(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{Buffer: 4}})
	every := s.watchKitchen(t, "")
	blocked := s.watchBlocked(t, "")
	order := s.MustPlace(t)
	blocked.changes(t, 1)

	for i := range 20 {
		s.MustMove(t, order, "READY")
		every.changes(t, i+2)
	}
	for i := range 4 {
		s.MustPlace(t)
		every.changes(t, i+22)
	}
	s.MustMove(t, order, "PICKED_UP") // not given: its cursor would tell that the fourth was
	every.changes(t, 26)
	blocked.unblock()

	require.ErrorIs(t, blocked.failure(t), live.ErrFellBehind)
	got := changes(t, blocked.all())
	require.Len(t, got, 5, "the first, and four that waited")
	require.Equal(t, eventstest.Key{ID: order, Version: 21}, keys(got)[1])
	rest := s.watchLatest(t, got[4].Cursor).changes(t, 2)
	require.Equal(t, eventstest.Key{ID: order, Version: 22}, keys(rest)[1])
}

// blockedReader reads in mode LATEST. It takes one item, and the others once it is unblocked.
type blockedReader struct {
	*watcher
	unblock func()
}

func (s *server) watchBlocked(t *testing.T, after string, to ...ordering.Status) blockedReader {
	t.Helper()
	free := make(chan struct{})
	w := watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, uuid.Nil, to, after, live.Latest))
		return func(yield func(live.Value, error) bool) {
			for item, err := range items {
				if !yield(item, err) {
					return
				}
				select {
				case <-free:
				case <-ctx.Done():
				}
			}
		}, err
	})
	return blockedReader{watcher: w, unblock: sync.OnceFunc(func() { close(free) })}
}

func (s *server) watchLatest(t *testing.T, after string, to ...ordering.Status) *watcher {
	t.Helper()
	return s.watchKitchenIn(t, live.Latest, after, to...)
}

func index(all []*orderview.Changed, one *orderview.Changed) int {
	for i, c := range all {
		if c.Order.ID == one.Order.ID && c.Event.Version == one.Event.Version {
			return i
		}
	}
	return -1
}
