package proof_test

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/live"
)

// openFeed opens a feed after a cursor.
type openFeed func(ctx context.Context, after string) (*live.Stream, error)

// feeds returns all feeds of a server at a location, by the kind of stream in the log that each follows.
func feeds(a server, at uuid.UUID, mode live.Mode) map[string]openFeed {
	all := map[string]openFeed{
		"ORDER": func(ctx context.Context, after string) (*live.Stream, error) {
			return a.OrderFeed.Kitchen(ctx, cook, at, nil, after, mode)
		},
		"MENU_ITEM": func(ctx context.Context, after string) (*live.Stream, error) {
			changes, err := a.MenuFeed.Open(ctx, auth.Actor{}, at, after, mode)
			if err != nil {
				return nil, err
			}
			return changes.Stream, nil
		},
	}
	if mode == live.Every {
		all["TICKET"] = func(ctx context.Context, after string) (*live.Stream, error) {
			changes, err := a.TicketFeed.Open(ctx, cook, at, nil, after)
			if err != nil {
				return nil, err
			}
			return changes.Stream, nil
		}
	}
	return all
}

// watcher follows a feed, and opens it again with its last cursor when it is cut off.
type watcher struct {
	mu  sync.Mutex
	got []event
}

func watch(t *testing.T, open openFeed, after string) *watcher {
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
					awaitItem(ctx, items)
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

// awaitItem returns when there may be an item to read, or ctx has ended.
func awaitItem(ctx context.Context, s *live.Stream) {
	came := make(chan struct{})
	if !s.Await(func() { close(came) }) {
		return
	}
	select {
	case <-came:
	case <-ctx.Done():
	}
}

// requireNewest compares the events received in mode LATEST with those written: the newest of each stream, and nothing
// older after it.
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

// requireExactly compares the events received with those written: each event once, and the events of each stream in
// order. Versions that were written elsewhere are missing: stock of another location is no news of a dish here.
func (w *watcher) requireExactly(t *testing.T, written []event) {
	t.Helper()
	require.Eventually(t, func() bool { return len(w.seen()) >= len(written) }, time.Minute, 20*time.Millisecond)
	require.Equal(t, inOrder(written), inOrder(w.seen()))
}

// inOrder returns the versions of each stream, in the order of the events.
func inOrder(of []event) map[uuid.UUID][]int {
	all := map[uuid.UUID][]int{}
	for _, e := range of {
		all[e.ID] = append(all[e.ID], e.Version)
	}
	return all
}
