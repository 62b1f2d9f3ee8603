package events_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
)

// follower is a running tail and what it delivered.
type follower struct {
	*events.Tail
	shop *eventstest.Shop

	mu     sync.Mutex
	got    []events.Recorded
	refuse int
	reset  int
}

func (f *follower) Deliver(_ context.Context, batch events.Batch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse > 0 {
		f.refuse--
		return errors.New("not now")
	}
	f.got = append(f.got, batch.Events...)
	return nil
}

func (f *follower) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reset++
}

func (f *follower) resets() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reset
}

func (f *follower) events() []events.Recorded {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.got)
}

func prepare(t *testing.T, shop *eventstest.Shop, o events.TailOptions) *follower {
	t.Helper()
	log, err := events.Open(t.Context(), shop.Pool)
	require.NoError(t, err)
	tail, err := events.NewTail(t.Context(), log, o)
	require.NoError(t, err)
	return &follower{Tail: tail, shop: shop}
}

func follow(t *testing.T, shop *eventstest.Shop, o events.TailOptions) *follower {
	t.Helper()
	f := prepare(t, shop, o)
	f.run(t)
	return f
}

func (f *follower) run(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		f.Run(ctx, f)
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
}

// requireExactly waits until as many events were delivered and compares: each once, and in order for each order.
func (f *follower) requireExactly(t *testing.T, want []eventstest.Key) {
	t.Helper()
	require.Eventually(t, func() bool { return len(f.events()) >= len(want) }, 20*time.Second, 5*time.Millisecond)
	got := f.events()
	require.ElementsMatch(t, want, keys(got))
	last := map[any]int{}
	for _, e := range got {
		require.Equal(t, last[e.ID]+1, e.Version, "in order for %s", e.ID)
		last[e.ID] = e.Version
	}
}

const listeners = `FROM pg_stat_activity
	WHERE datname = current_database() AND application_name = 'pizzeria-listen' AND query LIKE 'LISTEN%'`

// listener is the process at the other end of a listening connection, 0 if there is none.
func (f *follower) listener(t *testing.T) (pid int) {
	t.Helper()
	require.NoError(t, f.shop.Pool.QueryRow(t.Context(), "SELECT coalesce(max(pid), 0) "+listeners).Scan(&pid))
	return pid
}

func (f *follower) cutListener(t *testing.T) {
	t.Helper()
	if _, err := f.shop.Pool.Exec(t.Context(), "SELECT pg_terminate_backend(pid) "+listeners); err != nil {
		t.Errorf("terminate: %v", err)
	}
}
