package live_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/pgtest"
)

func TestEveryReaderGetsEachEventOnceAndInOrder(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t, pgtest.WithMaxConns(40))
	servers := []*server{startOn(t, shop, options{}), startOn(t, shop, options{})}
	begin := servers[0].now(t)

	writing, stop := context.WithTimeout(t.Context(), 4*time.Second)
	defer stop()
	var busy sync.WaitGroup
	for i := range 16 {
		busy.Go(func() { shop.Write(writing, uint64(i)) })
	}
	busy.Go(func() {
		for writing.Err() == nil {
			_, err := shop.Pool.Exec(t.Context(), "REFRESH MATERIALIZED VIEW CONCURRENTLY readmodel.order_1_snapshot")
			if err != nil {
				t.Errorf("refresh: %v", err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	steady, filtered := servers[0].watchKitchen(t, begin), servers[1].watchKitchen(t, begin, ordering.Ready)
	readers := make([]reconnectingReader, 6)
	for i := range readers {
		busy.Go(func() { readers[i].run(writing, t, servers, begin, uint64(i), live.Every) })
	}
	var late []*watcher
	for range 8 {
		time.Sleep(300 * time.Millisecond)
		late = append(late, servers[len(late)%2].watchKitchen(t, ""))
	}
	busy.Wait()
	written := shop.Written(t)
	t.Logf("%d events", len(written))
	require.Greater(t, len(written), 100)

	all := steady.changes(t, len(written))
	requireExactly(t, written, all)
	ready := []eventstest.Key{}
	for _, c := range all {
		if c.Event.To == ordering.Ready {
			ready = append(ready, eventstest.Key{ID: c.Order.ID, Version: c.Event.Version})
		}
	}
	require.ElementsMatch(t, ready, keys(filtered.changes(t, len(ready))))
	for i := range readers {
		rest := servers[0].watchKitchen(t, readers[i].cursor)
		missing := rest.changes(t, len(written)-len(readers[i].got))
		requireExactly(t, written, slices.Concat(readers[i].got, missing))
	}
	for _, w := range late {
		requireResumable(t, servers[0], w.all())
	}
	requireResumable(t, servers[1], steady.all())
}

// reconnectingReader opens the feed again and again with its last cursor, at any server, in one of some modes.
type reconnectingReader struct {
	cursor string
	got    []*orderview.Changed
}

func (r *reconnectingReader) run(ctx context.Context, t *testing.T, servers []*server, begin string, seed uint64, modes ...live.Mode) {
	random := rand.New(rand.NewPCG(seed, 7))
	r.cursor = begin
	for ctx.Err() == nil {
		visit, leave := context.WithTimeout(ctx, time.Duration(random.IntN(250))*time.Millisecond)
		server, mode := servers[random.IntN(len(servers))], modes[random.IntN(len(modes))]
		items, err := all(visit)(server.feed.Kitchen(visit, cook, uuid.Nil, nil, r.cursor, mode))
		if err != nil {
			leave()
			continue
		}
		for item, err := range items {
			if err != nil {
				break
			}
			change, ok := item.(*orderview.Changed)
			if !ok {
				t.Errorf("got %T", item)
				break
			}
			r.got, r.cursor = append(r.got, change), change.Cursor
		}
		leave()
	}
}

// requireExactly compares the changes received with those written: each once, and each order's in order.
func requireExactly(t *testing.T, written []eventstest.Key, got []*orderview.Changed) {
	t.Helper()
	require.ElementsMatch(t, written, keys(got))
	last := map[any]int{}
	for _, c := range got {
		require.Equal(t, last[c.Order.ID]+1, c.Event.Version, "in order for order %s", c.Order.ID)
		require.Equal(t, c.Event.Version, c.Order.Version)
		last[c.Order.ID] = c.Event.Version
	}
}

// requireResumable opens the feed again from some of the received cursors, and requires the same changes as before.
func requireResumable(t *testing.T, s *server, items []live.Value) {
	t.Helper()
	all := changes(t, items)
	for i := 0; i < len(all); i += 1 + min(i, len(all)/4) {
		rest := s.watchKitchen(t, all[i].Cursor)
		require.ElementsMatch(t, keys(all[i+1:]), keys(rest.changes(t, len(all)-i-1)), "after event %d of %d", i, len(all))
		rest.close()
	}
}
