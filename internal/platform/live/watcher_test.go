package live_test

import (
	"context"
	"iter"
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
)

// items are what a stream gives, and the error that ended it; nothing more once its context has ended.
type items = iter.Seq2[live.Value, error]

// all reads a stream to its end.
func all(ctx context.Context) func(*live.Stream, error) (items, error) {
	return func(s *live.Stream, err error) (items, error) {
		return func(yield func(live.Value, error) bool) {
			defer s.Close()
			for {
				item, err := s.Next(ctx)
				switch {
				case ctx.Err() != nil:
					return
				case err != nil:
					yield(nil, err)
					return
				case item.Value == nil:
					await(ctx, s)
				case !yield(item.Value, nil):
					return
				}
			}
		}, err
	}
}

// await returns when there may be something to read, or ctx has ended.
func await(ctx context.Context, s *live.Stream) {
	came := make(chan struct{})
	if !s.Await(func() { close(came) }) {
		return
	}
	select {
	case <-came:
	case <-ctx.Done():
	}
}

// watcher reads a stream in the background.
type watcher struct {
	stop context.CancelFunc
	done chan struct{}

	mu    sync.Mutex
	items []live.Value
	err   error
}

func (s *server) watchKitchen(t *testing.T, after string, to ...ordering.Status) *watcher {
	t.Helper()
	return s.watchKitchenIn(t, live.Every, after, to...)
}

func (s *server) watchKitchenIn(t *testing.T, mode live.Mode, after string, to ...ordering.Status) *watcher {
	t.Helper()
	return watch(t, func(ctx context.Context) (items, error) {
		return all(ctx)(s.feed.Kitchen(ctx, cook, uuid.Nil, to, after, mode))
	})
}

func (s *server) watchOrder(t *testing.T, order uuid.UUID, after string) *watcher {
	t.Helper()
	return s.watchOrderIn(t, live.Every, order, after)
}

func (s *server) watchOrderIn(t *testing.T, mode live.Mode, order uuid.UUID, after string) *watcher {
	t.Helper()
	return watch(t, func(ctx context.Context) (items, error) {
		return all(ctx)(s.feed.Order(ctx, s.customer(), order, after, mode))
	})
}

func watch(t *testing.T, open func(ctx context.Context) (items, error)) *watcher {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	w := &watcher{stop: stop, done: make(chan struct{})}
	items, err := open(ctx)
	if err != nil {
		stop()
		require.NoError(t, err)
	}
	go func() {
		defer close(w.done)
		for item, err := range items {
			w.mu.Lock()
			if err != nil {
				w.err = err
			} else {
				w.items = append(w.items, item)
			}
			w.mu.Unlock()
		}
	}()
	t.Cleanup(w.close)
	return w
}

func (w *watcher) close() {
	w.stop()
	<-w.done
}

func (w *watcher) all() []live.Value {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.items)
}

// changes waits until n items have come, and returns all that have, which must be changes.
func (w *watcher) changes(t *testing.T, n int) []*orderview.Changed {
	t.Helper()
	require.Eventually(t, func() bool { return len(w.all()) >= n }, 20*time.Second, 5*time.Millisecond,
		"%d of %d items", len(w.all()), n)
	return changes(t, w.all())
}

// failure waits for the error that ended the stream.
func (w *watcher) failure(t *testing.T) error {
	t.Helper()
	select {
	case <-w.done:
	case <-time.After(20 * time.Second):
		require.Fail(t, "the stream goes on")
	}
	return w.err
}

func changes(t *testing.T, items []live.Value) []*orderview.Changed {
	t.Helper()
	var all []*orderview.Changed
	for _, item := range items {
		change, ok := item.(*orderview.Changed)
		require.True(t, ok, "%T", item)
		all = append(all, change)
	}
	return all
}

func keys(all []*orderview.Changed) []eventstest.Key {
	k := []eventstest.Key{}
	for _, c := range all {
		k = append(k, eventstest.Key{ID: c.Order.ID, Version: c.Event.Version})
	}
	return k
}

func versions(all []*orderview.Changed) []int {
	v := []int{}
	for _, c := range all {
		v = append(v, c.Event.Version)
	}
	return v
}

// types returns the types of the events that lead to one of the states.
func types(to []ordering.Status) []string {
	if to == nil {
		return nil
	}
	names := []string{}
	for _, event := range ordering.EventsTo(to) {
		names = append(names, string(event))
	}
	return names
}
