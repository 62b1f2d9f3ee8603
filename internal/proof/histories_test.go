package proof_test

import (
	"context"
	"math/rand/v2"
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
	type feed struct {
		stream string
		at     uuid.UUID
	}
	every, latest := map[feed][]*watcher{}, map[feed][]*watcher{}
	for i, a := range servers {
		for _, at := range h.locations {
			for stream, open := range feeds(a, at, live.Every) {
				every[feed{stream, at}] = append(every[feed{stream, at}], watch(t, open, page.AsOf))
			}
			for stream, open := range feeds(servers[1-i], at, live.Latest) {
				latest[feed{stream, at}] = append(latest[feed{stream, at}], watch(t, open, page.AsOf))
			}
		}
	}

	ctx, stop := context.WithTimeout(t.Context(), historyTime)
	defer stop()
	var busy sync.WaitGroup
	var boards []*board
	for i, a := range servers {
		for j, at := range h.locations[:3] {
			b := openBoard(t, a, at)
			boards = append(boards, b)
			busy.Go(func() { b.follow(ctx, rand.New(rand.NewPCG(historySeed, uint64(10*i+j)))) })
		}
	}
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
	changes := 0
	for _, b := range boards {
		b.requireAgrees()
		changes += b.changes
	}
	require.Greater(t, changes, 10, "what screens were told")
	for f, watchers := range every {
		written := events(t, s, f.stream, f.at)
		for _, w := range watchers {
			w.requireExactly(t, written)
		}
		for _, w := range latest[f] {
			w.requireNewest(t, written)
		}
		t.Logf("seed %d: %s, %d events of %s at %s", historySeed, h.count(), len(written), f.stream, f.at)
	}
	require.Greater(t, h.done.Load(), int64(100))
	h.requireChosen(t)
	var sellers int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(DISTINCT o.location_id) FROM public.orders AS o`).Scan(&sellers))
	require.GreaterOrEqual(t, sellers, 3, "locations that have sold something")
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

// events returns the events of one kind of stream in the log that are of a location, or of all, by version.
func events(t *testing.T, s *shop, stream string, at uuid.UUID) []event {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `
		SELECT e.stream_id, e.version FROM public.events AS e WHERE e.stream = $1 AND coalesce(e.location_id, $2) = $2
		ORDER BY e.version`, stream, at)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[event])
	require.NoError(t, err)
	return all
}
