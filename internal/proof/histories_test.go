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
	s.sendWebhooks(t, servers)
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
			if err := violations(t.Context(), s.db.Pool); err != nil {
				t.Errorf("seed %d: %v", historySeed, err)
				return
			}
			time.Sleep(300 * time.Millisecond)
		}
	})
	busy.Wait()

	requireSettled(t, s.db.Pool, time.Minute)
	requireInvariants(t, s.db.Pool)
	requireLedgerMatches(t, s.db.Pool, ledgerTotals(t, s.gateway.URL()))
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

// refresh refreshes all models again and again until ctx ends.
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

// event identifies one event of the log.
type event struct {
	ID      uuid.UUID // of what it happened to
	Version int
}

// events returns the events of one kind of stream in the log.
func events(t *testing.T, s *shop, stream string) []event {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `SELECT e.stream_id, e.version FROM public.events AS e WHERE e.stream = $1`, stream)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[event])
	require.NoError(t, err)
	return all
}
