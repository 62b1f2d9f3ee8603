package proof_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// follower is a client that reconnects, to any server and with its last cursor, whenever its connection is lost.
type follower struct {
	f      *fleet
	by     transport
	token  string
	random *rand.Rand
	conn   clientConn

	mu       sync.Mutex
	wants    subscription     // after the last cursor
	seen     map[string][]int // by order, the versions as they came; by menu item, 1 for each time, 2 ...
	items    map[string]int   // by menu item, its own version as it was shown last
	count    int
	connects int
	failure  string
}

func (f *fleet) follower(by transport, token string, wants subscription, random *rand.Rand) *follower {
	return &follower{f: f, by: by, token: token, wants: wants, random: random, seen: map[string][]int{}, items: map[string]int{}}
}

// reconnect lists how a server may end a connection that a client then opens again; "" is a connection that was cut.
var reconnect = []string{
	"", "closed 1001", "closed 1012", "closed 1013", "refused 503", "refused 429", "error UNAVAILABLE", "error UNAVAILABLE, complete",
}

// run follows the feed until ctx ends, or the server ends a connection in another way than those of reconnect.
func (w *follower) run(ctx context.Context) {
	client := w.conn.client()
	for ctx.Err() == nil {
		w.mu.Lock()
		w.connects++
		wants := w.wants
		w.mu.Unlock()
		ended := w.by(ctx, client, w.f.any(w.random), w.token, wants, w.record)
		if ctx.Err() == nil && !slices.Contains(reconnect, ended) {
			w.fail(ended)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(10+w.random.IntN(50)) * time.Millisecond):
		}
	}
}

func (w *follower) fail(failure string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failure = failure
}

func (w *follower) record(i item) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch i.Typename {
	case "OrderChanged":
		w.seen[i.Order.ID] = append(w.seen[i.Order.ID], i.Event.Version)
	case "MenuItemChanged":
		if i.Item == nil || i.Item.Version < w.items[i.MenuItemID] {
			w.failure = "a menu item as it was before"
			return
		}
		w.items[i.MenuItemID] = i.Item.Version
		w.seen[i.MenuItemID] = append(w.seen[i.MenuItemID], len(w.seen[i.MenuItemID])+1)
	default:
		w.failure = i.Typename
		return
	}
	w.wants.after = i.Cursor
	w.count++
}

// counts returns how many changes came, and how often the follower had to connect for them.
func (w *follower) counts() (changes, connects int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count, w.connects
}

// requireAll compares the changes received with the log: each event once and, for each order, in order; or, in mode
// LATEST, the newest of each order, and nothing older after it. It waits as long as more changes arrive.
func (w *follower) requireAll(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	wants := w.wants
	w.mu.Unlock()
	log := versions(t, w.f.db.Pool, wants.stream())
	want := log
	if wants.order != "" {
		want = map[string][]int{wants.order: log[wants.order]}
	}
	for last, since := 0, time.Now(); !w.hasNewest(want) && time.Since(since) < time.Minute; time.Sleep(20 * time.Millisecond) {
		if now, _ := w.counts(); now > last { // a slow machine may take longer, but must make progress
			last, since = now, time.Now()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	require.Empty(t, w.failure)
	require.Len(t, w.seen, len(want), w.wants.stream())
	for order, versions := range want {
		if w.wants.latest {
			require.IsIncreasing(t, append([]int{0}, w.seen[order]...), "versions of %s", order)
			require.Equal(t, versions[len(versions)-1], w.seen[order][len(w.seen[order])-1], "newest of %s", order)
			continue
		}
		require.Equal(t, versions, w.seen[order], "versions of %s", order)
	}
}

func (w *follower) hasNewest(of map[string][]int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for order, versions := range of {
		if !slices.Contains(w.seen[order], versions[len(versions)-1]) {
			return false
		}
	}
	return true
}
