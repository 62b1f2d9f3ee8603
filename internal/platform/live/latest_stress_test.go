package live_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/pgtest"
)

func TestReadersOfTheLatestMissNoOrdersNewestState(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t, pgtest.WithMaxConns(40))
	servers := []*server{startOn(t, shop, options{live: live.Options{Page: 16}}), startOn(t, shop, options{})}
	begin := servers[0].now(t)
	states := [][]ordering.Status{nil, {ordering.Ready}, nil, {ordering.Confirmed, ordering.Preparing}}

	writing, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	var busy sync.WaitGroup
	for i := range 8 {
		busy.Go(func() { shop.Write(writing, uint64(100+i)) })
	}
	every := servers[0].watchKitchen(t, begin)
	var pausing []*watcher
	for i, to := range states {
		pausing = append(pausing, servers[i%2].watchWithPauses(t, begin, to, uint64(i), writing.Done()))
	}
	readers := make([]reconnectingReader, 4)
	for i := range readers {
		busy.Go(func() { readers[i].run(writing, t, servers, begin, uint64(i), live.Every, live.Latest) })
	}
	busy.Wait()
	written := every.changes(t, len(shop.Written(t)))

	for i, w := range pausing {
		want := newest(written, states[i])
		got := w.awaitNewest(t, want)
		t.Logf("%d events, %d orders to %v: %d given", len(written), len(want), states[i], len(got))
		requireNothingMissed(t, servers[0].log, got, want, states[i])
	}
	require.Less(t, len(pausing[0].all()), len(written), "something is left out")
	for i := range readers {
		servers[1].watchLatest(t, readers[i].cursor).awaitNewest(t, newest(written, nil), readers[i].got...)
	}
}

// watchWithPauses reads the kitchen's feed in mode LATEST, with pauses until stopPausing is closed.
func (s *server) watchWithPauses(t *testing.T, after string, to []ordering.Status, seed uint64, stopPausing <-chan struct{}) *watcher {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 11))
	return watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, uuid.Nil, to, after, live.Latest))
		return func(yield func(live.Value, error) bool) {
			for item, err := range items {
				if !yield(item, err) {
					return
				}
				select {
				case <-stopPausing:
				case <-time.After(time.Duration(random.IntN(50)) * time.Millisecond):
				}
			}
		}, err
	})
}

// awaitNewest waits until the newest versions received, including those from before, are the wanted ones. No order may
// go back.
func (w *watcher) awaitNewest(t *testing.T, want map[uuid.UUID]int, before ...*orderview.Changed) (got []*orderview.Changed) {
	t.Helper()
	require.Eventually(t, func() bool {
		got = slices.Concat(before, changes(t, w.all()))
		return maps.Equal(want, newest(got, nil))
	}, 20*time.Second, 5*time.Millisecond)
	last := map[uuid.UUID]int{}
	for _, c := range got {
		require.Greater(t, c.Event.Version, last[c.Order.ID])
		last[c.Order.ID] = c.Event.Version
	}
	return got
}

// newest returns the last version of each order among changes to some states, or to any.
func newest(all []*orderview.Changed, to []ordering.Status) map[uuid.UUID]int {
	versions := map[uuid.UUID]int{}
	for _, c := range all {
		if to == nil || slices.Contains(to, c.Event.To) {
			versions[c.Order.ID] = max(versions[c.Order.ID], c.Event.Version)
		}
	}
	return versions
}

// requireNothingMissed reads the log after some of the received cursors: it must hold each newest version that the
// reader hadn't received, and nothing that it had.
func requireNothingMissed(
	t *testing.T, log *events.Log, got []*orderview.Changed, want map[uuid.UUID]int, to []ordering.Status,
) {
	t.Helper()
	for i := 0; i < len(got); i += 1 + len(got)/10 {
		had := newest(got[:i+1], nil)
		behind := map[uuid.UUID]int{}
		for _, e := range readAfter(t, log, got[i].Cursor, to) {
			require.Greater(t, e.Version, had[e.ID], "after event %d of %d", i, len(got))
			behind[e.ID] = e.Version
		}
		for order, version := range want {
			require.Contains(t, []int{had[order], behind[order]}, version, "after event %d of %d", i, len(got))
		}
	}
}

// readAfter reads the log after a cursor.
func readAfter(t *testing.T, log *events.Log, after string, to []ordering.Status) (all []events.Recorded) {
	t.Helper()
	at, err := events.Decode(after)
	require.NoError(t, err)
	for more := true; more; {
		batch, err := log.Read(t.Context(), at, events.Filter{Types: types(to)}, 1000)
		require.NoError(t, err)
		all, at, more = append(all, batch.Events...), batch.Next, batch.More
	}
	return all
}
