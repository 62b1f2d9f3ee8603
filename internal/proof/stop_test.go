package proof_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

// stopSeed fixes what clients do; what meets the stop is the machine's choice.
const stopSeed = 35

func TestAServerThatIsToldToStopUnderLoadLosesNothing(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 2)
	run(t, f.environment, "seed")
	start, stopping, other := f.now(), f.at(0), f.at(1)
	w := f.work()
	orders := w.orders(t, 4)
	following, leave := context.WithCancel(t.Context())
	var present sync.WaitGroup
	defer present.Wait()
	defer leave()
	var sockets, streams []*display
	var followers []*follower
	for i := range 6 {
		token, seed := f.account(auth.RoleCook), rand.New(rand.NewPCG(stopSeed, uint64(i)))
		sockets = append(sockets, f.display(stopping, bySocket, token, allChanges(start)))
		streams = append(streams, f.display(stopping, byEvents, token, allChanges(start)))
		one := f.follower([]transport{bySocket, byEvents}[i%2], token, allChanges(start), seed)
		followers = append(followers, one)
		present.Go(func() { one.run(following) })
	}
	feast := w.feast(t)
	for range 30 {
		feast = w.moveOn(t, feast)
	}
	working, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	defer busy.Wait()
	defer stop()
	busy.Go(func() { w.run(working, 30, rand.New(rand.NewPCG(stopSeed, 100)), orders) })
	c := newCustomers(t, stopSeed, "tok_slow", "tok_ok")
	c.comeIn(stopping.url)
	time.Sleep(2 * time.Second)
	// Some who won't take their leave.
	f.stall(stopping, wholeOrder(feast.ID, start), bySocket, bySocket, byEvents, byEvents)

	told := time.Now()
	status := stopping.terminate(t)
	took := time.Since(told)

	t.Logf("seed %d: gone after %.1f s", stopSeed, took.Seconds())
	require.Zero(t, status, "%s", stopping.errs)
	require.Less(t, took, 10*time.Second)
	for i := range sockets {
		require.Contains(t, []string{"closed 1001", "closed 1012", "closed 1013"}, sockets[i].ending(t))
		require.Empty(t, streams[i].ending(t), "an event stream ends without complete, or its client would not come back")
	}
	c.busy.Wait()
	c.requireAllTold(f)
	c.requireOneOrderEach(other.url)
	time.Sleep(time.Second)
	stop()
	busy.Wait()
	for _, one := range followers {
		one.requireAll(t)
	}
}

// requireAllTold requires that whoever isn't told of an order has none: the request was refused, or never read.
func (c *customers) requireAllTold(f *fleet) {
	c.t.Helper()
	told := 0
	for _, w := range c.wanted {
		var orders int
		require.NoError(c.t, f.db.Pool.QueryRow(c.t.Context(),
			`SELECT count(*) FROM public.idempotency_keys AS k JOIN public.orders AS o ON o.id = k.subject_id WHERE k.key = $1`, w.key).Scan(&orders))
		if w.told != nil {
			told++
		}
		require.Equal(c.t, w.told != nil, orders == 1, w.key)
	}
	c.t.Logf("%d orders told of %d wanted", told, len(c.wanted))
}
