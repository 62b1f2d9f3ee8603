package proof_test

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
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
	page, err := servers[0].Orders.Handle(t.Context(), allOrders)
	require.NoError(t, err)
	h := newHistory(t, s, servers)
	every, latest := map[string][]*watcher{}, map[string][]*watcher{}
	for _, a := range servers {
		for stream, open := range feeds(a, live.Every) {
			every[stream] = append(every[stream], watch(t, open, page.AsOf))
		}
		for stream, open := range feeds(a, live.Latest) {
			latest[stream] = append(latest[stream], watch(t, open, page.AsOf))
		}
	}

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
	for stream, watchers := range every {
		written := events(t, s, stream)
		for _, w := range watchers {
			w.requireExactly(t, written)
		}
		for _, w := range latest[stream] {
			w.requireNewest(t, written)
		}
		t.Logf("seed %d: %s, %d events of %s", historySeed, h.count(), len(written), stream)
	}
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
	ID      uuid.UUID // of what it happened to
	Version int
}

// events lists what the log has of a kind of streams.
func events(t *testing.T, s *shop, stream string) []event {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `SELECT e.stream_id, e.version FROM public.events AS e WHERE e.stream = $1`, stream)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[event])
	require.NoError(t, err)
	return all
}

// opening opens a feed behind a cursor.
type opening func(ctx context.Context, after string) (*live.Stream, error)

// feeds are all there are, by what the log calls what they tell of.
func feeds(a server, mode live.Mode) map[string]opening {
	return map[string]opening{
		"ORDER": func(ctx context.Context, after string) (*live.Stream, error) {
			return a.OrderFeed.Kitchen(ctx, cook, nil, after, mode)
		},
		"MENU_ITEM": func(ctx context.Context, after string) (*live.Stream, error) {
			return a.MenuFeed.Open(ctx, auth.Actor{}, after, mode)
		},
	}
}

// watcher follows a feed and comes back with its cursor when it is cut off.
type watcher struct {
	mu  sync.Mutex
	got []event
}

func watch(t *testing.T, open opening, after string) *watcher {
	t.Helper()
	w := &watcher{}
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for ctx.Err() == nil {
			items, err := open(ctx, after)
			if err == nil {
				defer items.Close()
			}
			for err == nil {
				var item live.Item
				item, err = items.Next(ctx)
				switch {
				case item.Value == nil:
					news(ctx, items)
				case item.Event != nil:
					after = item.Event.Cursor.Encode()
					w.mu.Lock()
					w.got = append(w.got, event{item.Event.ID, item.Event.Version})
					w.mu.Unlock()
				default:
					t.Errorf("got %T", item.Value)
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

// requireNewest compares what came with what was written, in mode LATEST: the newest of each, and nothing older after it.
func (w *watcher) requireNewest(t *testing.T, written []event) {
	t.Helper()
	newest := map[uuid.UUID]int{}
	for _, e := range written {
		newest[e.ID] = max(newest[e.ID], e.Version)
	}
	require.Eventually(t, func() bool {
		last := map[uuid.UUID]int{}
		for _, e := range w.seen() {
			last[e.ID] = e.Version
		}
		return maps.Equal(newest, last)
	}, time.Minute, 20*time.Millisecond)
	last := map[uuid.UUID]int{}
	for _, e := range w.seen() {
		require.Greater(t, e.Version, last[e.ID], "in order for %s", e.ID)
		last[e.ID] = e.Version
	}
}

func (w *watcher) seen() []event {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]event{}, w.got...)
}

// requireExactly compares what came with what was written: each event once, and in order for
// each that it happened to.
func (w *watcher) requireExactly(t *testing.T, written []event) {
	t.Helper()
	require.Eventually(t, func() bool { return len(w.seen()) >= len(written) }, time.Minute, 20*time.Millisecond)
	last := map[uuid.UUID]int{}
	for _, e := range w.seen() {
		require.Equal(t, last[e.ID]+1, e.Version, "in order for %s", e.ID)
		last[e.ID] = e.Version
	}
	for _, e := range written {
		require.GreaterOrEqual(t, last[e.ID], e.Version, "missed an event of %s", e.ID)
	}
	require.Len(t, w.seen(), len(written))
}
