package proof_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

// wholeOrder watches an order with all that it says: 100 kB an item.
func wholeOrder(order, after string) subscription {
	return subscription{order: order, after: after, query: `subscription ($order: ID!, $after: Cursor) {
		feed: orderStatusChanged(orderId: $order, after: $after) {
			__typename ... on OrderChanged { cursor event { version } order { id items { instructions } } }
		}
	}`}
}

func TestClientsThatStopReadingAreLetGoWithoutHarmToOthers(t *testing.T) {
	t.Parallel()
	const sockets, streams, backlog = 6, 3, 100
	f := openFleet(t, 1, "GOGC=20") // so that the heap is little more than what is held
	s, w, start := f.at(0), f.work(), f.now()
	order := w.feast(t)
	for range backlog {
		order = w.moveOn(t, order)
	}
	others := []*display{
		f.display(s, bySocket, f.account(auth.RoleCook), wholeOrder(order.ID, f.now())),
		f.display(s, byEvents, f.account(auth.RoleCook), wholeOrder(order.ID, f.now())),
	}
	before := s.metrics(t)
	f.stall(s, wholeOrder(order.ID, start), slices.Concat(
		slices.Repeat([]transport{bySocket}, sockets), slices.Repeat([]transport{byEvents}, streams))...)
	begun := time.Now()

	var took spans
	var most float64
	for told := s.metrics(t); openStreams(told) > len(others) && time.Since(begun) < time.Minute; told = s.metrics(t) {
		most = max(most, told["go_memstats_heap_inuse_bytes"]-before["go_memstats_heap_inuse_bytes"])
		order = w.moveOn(t, order)
		answered := time.Now()
		for _, other := range others {
			took = append(took, max(0, other.await(t, order.ID, order.Version).Sub(answered)))
		}
		time.Sleep(50 * time.Millisecond)
	}

	gone := time.Since(begun)
	t.Logf("%d clients that had stopped reading were gone after %.1f s; what happened meanwhile came to others after %s; the heap grew by %.0f MiB at most",
		sockets+streams, gone.Seconds(), took, most/(1<<20))
	require.Less(t, gone, long(30*time.Second, 15*time.Second), "ten are promised; machines are busy")
	require.Less(t, took.median(), time.Second)
	require.Less(t, most, 40.0*(1<<20), "each was to get 10 MB")
}

// stall subscribes some clients that read one item each, and no more. It returns once they have.
func (f *fleet) stall(at *program, wants subscription, by ...transport) {
	f.t.Helper()
	ctx, end := context.WithCancel(f.t.Context())
	var clients, reading sync.WaitGroup
	f.t.Cleanup(func() {
		end()
		clients.Wait()
	})
	reading.Add(len(by))
	for _, by := range by {
		token, l, began := f.account(auth.RoleCook), &line{far: true}, sync.OnceFunc(reading.Done)
		clients.Go(func() {
			by(ctx, l.client(), at.url, token, wants, func(item) {
				began()
				<-ctx.Done()
				l.cut()
			})
		})
	}
	reading.Wait()
}

// feast places an order for many pizzas, each with much to say about.
func (w *work) feast(t *testing.T) placement {
	t.Helper()
	items := make([]map[string]any, 50)
	for i := range items {
		items[i] = map[string]any{"menuItemId": w.dish, "size": "MEDIUM", "quantity": 1, "instructions": strings.Repeat("🍕", 500)}
	}
	done, err := w.place(t.Context(), w.f.at(0).url, items...)
	require.NoError(t, err)
	require.NotNil(t, done.Order)
	return *done.Order
}

// moveOn takes an order one step on its round.
func (w *work) moveOn(t *testing.T, order placement) placement {
	t.Helper()
	done, err := w.move(t.Context(), w.f.at(0).url, next[order.Status], order.ID)
	require.NoError(t, err)
	require.NotNil(t, done.Order)
	return *done.Order
}
