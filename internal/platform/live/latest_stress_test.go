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
	var leisurely []*watcher
	for i, to := range states {
		leisurely = append(leisurely, servers[i%2].watchAtLeisure(t, begin, to, uint64(i), writing.Done()))
	}
	roamers := make([]roamer, 4)
	for i := range roamers {
		busy.Go(func() { roamers[i].roam(writing, t, servers, begin, uint64(i), live.Every, live.Latest) })
	}
	busy.Wait()
	written := every.changes(t, len(shop.Written(t)))

	for i, w := range leisurely {
		want := newest(written, states[i])
		got := w.reaches(t, want)
		t.Logf("%d events, %d orders to %v: %d given", len(written), len(want), states[i], len(got))
		requireNothingMissed(t, servers[0].log, got, want, states[i])
	}
	require.Less(t, len(leisurely[0].all()), len(written), "something is left out")
	for i := range roamers {
		servers[1].watchLatest(t, roamers[i].cursor).reaches(t, newest(written, nil), roamers[i].got...)
	}
}

// watchAtLeisure reads the kitchen's feed in mode LATEST, with pauses until it has to hurry.
func (s *server) watchAtLeisure(t *testing.T, after string, to []ordering.Status, seed uint64, hurry <-chan struct{}) *watcher {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 11))
	return watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, to, after, live.Latest))
		return func(yield func(live.Value, error) bool) {
			for item, err := range items {
				if !yield(item, err) {
					return
				}
				select {
				case <-hurry:
				case <-time.After(time.Duration(random.IntN(50)) * time.Millisecond):
				}
			}
		}, err
	})
}

// reaches waits until the newest versions that a reader has, by what it got before and now, are those wanted, and sees
// that no order has gone back.
func (w *watcher) reaches(t *testing.T, want map[uuid.UUID]int, before ...*orderview.Changed) (got []*orderview.Changed) {
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

// newest lists the last version of each order among changes to some states, or to any.
func newest(all []*orderview.Changed, to []ordering.Status) map[uuid.UUID]int {
	versions := map[uuid.UUID]int{}
	for _, c := range all {
		if to == nil || slices.Contains(to, c.Event.To) {
			versions[c.Order.ID] = max(versions[c.Order.ID], c.Event.Version)
		}
	}
	return versions
}

// requireNothingMissed looks behind some of the cursors that a reader got: whatever it had not got of the newest is
// there, and nothing that it had.
func requireNothingMissed(
	t *testing.T, log *events.Log, got []*orderview.Changed, want map[uuid.UUID]int, to []ordering.Status,
) {
	t.Helper()
	for i := 0; i < len(got); i += 1 + len(got)/10 {
		had := newest(got[:i+1], nil)
		behind := map[uuid.UUID]int{}
		for _, e := range rest(t, log, got[i].Cursor, to) {
			require.Greater(t, e.Version, had[e.ID], "after event %d of %d", i, len(got))
			behind[e.ID] = e.Version
		}
		for order, version := range want {
			require.Contains(t, []int{had[order], behind[order]}, version, "after event %d of %d", i, len(got))
		}
	}
}

// rest reads what came after a cursor.
func rest(t *testing.T, log *events.Log, after string, to []ordering.Status) (all []events.Recorded) {
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
