package proof_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
)

// stopSeed fixes what clients do. Which requests coincide with the stop depends on the machine.
const stopSeed = 35

func TestAServerThatIsToldToStopUnderLoadLosesNothing(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 2)
	run(t, f.environment, "seed")
	_, err := f.db.Pool.Exec(t.Context(), `DELETE FROM public.locations AS l WHERE l.slug <> 'chicago'`)
	require.NoError(t, err)
	pgtest.LiftOrderLimits(t, f.db.Pool)
	start, stopping, other := f.now(), f.at(0), f.at(1)
	w := f.newWorkload()
	orders := w.placeOrders(t, 4)
	following, leave := context.WithCancel(t.Context())
	var present sync.WaitGroup
	defer present.Wait()
	defer leave()
	var sockets, streams []*feedClient
	var followers []*follower
	for i := range 6 {
		token, seed := f.account(auth.RoleCook), rand.New(rand.NewPCG(stopSeed, uint64(i)))
		sockets = append(sockets, f.subscribe(stopping, bySocket, token, allChanges(start)))
		streams = append(streams, f.subscribe(stopping, byEvents, token, allChanges(start)))
		one := f.follower([]transport{bySocket, byEvents}[i%2], token, allChanges(start), seed)
		followers = append(followers, one)
		present.Go(func() { one.run(following) })
	}
	placeLargeOrder := w.placeLargeOrder(t)
	for range 30 {
		placeLargeOrder = w.advance(t, placeLargeOrder)
	}
	working, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	defer busy.Wait()
	defer stop()
	busy.Go(func() { w.run(working, 30, rand.New(rand.NewPCG(stopSeed, 100)), orders) })
	c := newCustomers(t, stopSeed, "tok_slow", "tok_ok")
	c.placeOrders(stopping.url)
	time.Sleep(2 * time.Second)
	// These clients don't end their connections when the server asks them to.
	f.stall(stopping, wholeOrder(placeLargeOrder.ID, start), bySocket, bySocket, byEvents, byEvents)

	told := time.Now()
	status := stopping.terminate(t)
	took := time.Since(told)

	t.Logf("seed %d: gone after %.1f s", stopSeed, took.Seconds())
	require.Zero(t, status, "%s", stopping.errs)
	require.Less(t, took, 10*time.Second)
	for i := range sockets {
		require.Contains(t, []string{"closed 1001", "closed 1012", "closed 1013"}, sockets[i].awaitEnd(t))
		require.Empty(t, streams[i].awaitEnd(t), "an event stream ends without complete, or its client would not come back")
	}
	c.running.Wait()
	c.requireOrdersAnswered(f)
	c.requireOneOrderEach(other.url)
	time.Sleep(time.Second)
	stop()
	busy.Wait()
	for _, one := range followers {
		one.requireAll(t)
	}
}

// requireOrdersAnswered requires that a request without an answer has no order: it was refused, or never read.
func (c *customers) requireOrdersAnswered(f *fleet) {
	c.t.Helper()
	told := 0
	for _, w := range c.requests {
		var orders int
		require.NoError(c.t, f.db.Pool.QueryRow(c.t.Context(),
			`SELECT count(*) FROM public.idempotency_keys AS k JOIN public.orders AS o ON o.id = k.subject_id WHERE k.key = $1`, w.key).Scan(&orders))
		if w.answer != nil {
			told++
		}
		require.Equal(c.t, w.answer != nil, orders == 1, w.key)
	}
	c.t.Logf("%d of %d requests answered with an order", told, len(c.requests))
}
