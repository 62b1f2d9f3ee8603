package proof_test

import (
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
)

// feedMonitor follows the kitchen's feed at one server, on one connection that must not end.
type feedMonitor struct {
	mu         sync.Mutex
	seen       map[string][]int // versions by order, as they came
	count      int
	unexpected []item // items other than changes of orders
}

// watch starts a monitor with the events that come after this call.
func (d *deployment) watch(t *testing.T, by transport, url string) {
	t.Helper()
	s := &feedMonitor{seen: map[string][]int{}}
	d.monitors = append(d.monitors, s)
	session := signIn(t, url, "cook@example.com")
	now, err := ask[struct{ Orders struct{ AsOf string } }](t.Context(), url, session, `{ orders { asOf } }`, nil)
	require.NoError(t, err)
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		said := by(ctx, http.DefaultClient, url, session, allChanges(now.Orders.AsOf), s.take)
		if ctx.Err() == nil {
			t.Errorf("a monitor's connection has ended: %q", said)
		}
	}()
	t.Cleanup(func() {
		leave()
		<-gone
	})
}

func (s *feedMonitor) take(i item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i.Typename != "OrderChanged" {
		s.unexpected = append(s.unexpected, i)
		return
	}
	s.seen[i.Order.ID] = append(s.seen[i.Order.ID], i.Event.Version)
	s.count++
}

// requireEverything compares the events received with the log: each order's versions, in order, none missing and none
// twice.
func (s *feedMonitor) requireEverything(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	logged, count := versions(t, pool, "ORDER"), 0
	for _, of := range logged {
		count += len(of)
	}
	came := func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.count >= count
	}
	require.True(t, assertSoon(came), "not all of %d events came", count)
	s.mu.Lock()
	defer s.mu.Unlock()
	require.Equal(t, logged, s.seen)
	require.Empty(t, s.unexpected)
}
