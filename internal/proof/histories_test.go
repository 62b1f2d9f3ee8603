package proof_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/readmodel"
)

const (
	historySeed = 7
	historyTime = 10 * time.Second
	workers     = 10
)

func TestRandomHistories(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	s.tellWebhook(t, servers)
	h := newHistory(t, s, servers)
	page, err := servers[0].Orders.Handle(t.Context(), allOrders)
	require.NoError(t, err)
	watchers := []*watcher{watch(t, servers[0], page.AsOf), watch(t, servers[1], page.AsOf)}

	ctx, stop := context.WithTimeout(t.Context(), historyTime)
	defer stop()
	var busy sync.WaitGroup
	for i := range workers {
		busy.Go(func() { h.work(ctx, uint64(i)) })
	}
	busy.Go(func() { refresh(ctx, t, s) })
	busy.Go(func() {
		for ctx.Err() == nil {
			if err := breaches(t.Context(), s.db.Pool); err != nil {
				t.Errorf("seed %d: %v", historySeed, err)
				return
			}
			time.Sleep(300 * time.Millisecond)
		}
	})
	busy.Wait()

	requireSettled(t, s.db.Pool, time.Minute)
	requireLawful(t, s.db.Pool)
	requireBooksAgree(t, s.db.Pool, books(t, s.gateway.URL()))
	h.requireFirstAnswers(t)
	written := events(t, s)
	for _, w := range watchers {
		w.requireExactly(t, written)
	}
	t.Logf("seed %d: %s, %d events", historySeed, h.count(), len(written))
	require.Greater(t, h.done.Load(), int64(100))
}

// refresh moves what is fresh into the snapshots, again and again.
func refresh(ctx context.Context, t *testing.T, s *shop) {
	var refreshed atomic.Int64
	for ctx.Err() == nil {
		models, err := readmodel.Models(t.Context(), s.db.Pool)
		if err != nil {
			t.Errorf("list models: %v", err)
			return
		}
		for _, m := range models {
			// The pool is an impatient one: a refresh may be cut off, which must harm nobody either.
			if _, err := readmodel.Refresh(t.Context(), s.db.Pool, m); err == nil {
				refreshed.Add(1)
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	if refreshed.Load() == 0 {
		t.Error("nothing was refreshed")
	}
}

// event names one.
type event struct {
	Order   uuid.UUID
	Version int
}

func events(t *testing.T, s *shop) []event {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `SELECT e.order_id, e.version FROM public.order_events AS e`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[event])
	require.NoError(t, err)
	return all
}

// watcher follows the kitchen's feed and comes back with its cursor when it is cut off.
type watcher struct {
	mu  sync.Mutex
	got []event
}

func watch(t *testing.T, a server, after string) *watcher {
	t.Helper()
	w := &watcher{}
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for ctx.Err() == nil {
			items, err := a.Feed.Kitchen(ctx, cook, nil, after, live.Every)
			if err == nil {
				defer items.Close()
			}
			for err == nil {
				var item live.Item
				switch item, err = items.Next(ctx); change := item.(type) {
				case nil:
					news(ctx, items)
				case *live.Change:
					after = change.Cursor
					w.mu.Lock()
					w.got = append(w.got, event{change.Order.ID, change.Event.Version})
					w.mu.Unlock()
				default:
					t.Errorf("got %T", item)
					return
				}
			}
		}
	}()
	t.Cleanup(func() {
		stop()
		<-stopped
	})
	return w
}

// news returns when there may be something to read, or ctx has ended.
func news(ctx context.Context, s *live.Stream) {
	came := make(chan struct{})
	if !s.Await(func() { close(came) }) {
		return
	}
	select {
	case <-came:
	case <-ctx.Done():
	}
}

// requireExactly compares what came with what was written: each event once, and in order for each order.
func (w *watcher) requireExactly(t *testing.T, written []event) {
	t.Helper()
	seen := func() []event {
		w.mu.Lock()
		defer w.mu.Unlock()
		return append([]event{}, w.got...)
	}
	require.Eventually(t, func() bool { return len(seen()) >= len(written) }, time.Minute, 20*time.Millisecond)
	last := map[uuid.UUID]int{}
	for _, e := range seen() {
		require.Equal(t, last[e.Order]+1, e.Version, "in order for order %s", e.Order)
		last[e.Order] = e.Version
	}
	for _, e := range written {
		require.GreaterOrEqual(t, last[e.Order], e.Version, "missed an event of order %s", e.Order)
	}
	require.Len(t, seen(), len(written))
}
