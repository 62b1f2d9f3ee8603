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

// wholeOrder watches an order with the instructions of its items: 100 kB for each change.
func wholeOrder(order, after string) subscription {
	return subscription{order: order, after: after, query: `subscription ($order: ID!, $after: Cursor) {
		feed: orderStatusChanged(orderId: $order, after: $after) {
			__typename ... on OrderChanged { cursor event { version } order { id items { instructions } } }
		}
	}`}
}

func TestClientsThatStopReadingAreCutOffWithoutHarmToOthers(t *testing.T) {
	t.Parallel()
	const sockets, streams, backlog = 6, 3, 100
	f := openFleet(t, 1, "GOGC=20") // so that the heap is little more than what is held
	s, w, start := f.at(0), f.newWorkload(), f.now()
	order := w.placeLargeOrder(t)
	for range backlog {
		order = w.advance(t, order)
	}
	others := []*feedClient{
		f.subscribe(s, bySocket, f.account(auth.RoleCook), wholeOrder(order.ID, f.now())),
		f.subscribe(s, byEvents, f.account(auth.RoleCook), wholeOrder(order.ID, f.now())),
	}
	before := s.metrics(t)
	f.stall(s, wholeOrder(order.ID, start), slices.Concat(
		slices.Repeat([]transport{bySocket}, sockets), slices.Repeat([]transport{byEvents}, streams))...)
	begun := time.Now()

	var took durations
	var most float64
	for told := s.metrics(t); openStreams(told) > len(others) && time.Since(begun) < time.Minute; told = s.metrics(t) {
		most = max(most, told["go_memstats_heap_inuse_bytes"]-before["go_memstats_heap_inuse_bytes"])
		order = w.advance(t, order)
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

// stall subscribes clients that read one item each, and no more. It returns once they have.
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
		token, l, began := f.account(auth.RoleCook), &clientConn{smallBuffers: true}, sync.OnceFunc(reading.Done)
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

// placeLargeOrder places an order for many pizzas, each with long instructions.
func (w *workload) placeLargeOrder(t *testing.T) placedOrder {
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

// advance moves an order one step further.
func (w *workload) advance(t *testing.T, order placedOrder) placedOrder {
	t.Helper()
	done, err := w.move(t.Context(), w.f.at(0).url, nextMove[order.Status], order.ID)
	require.NoError(t, err)
	require.NotNil(t, done.Order)
	return *done.Order
}
