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

// resumeSeed fixes who is cut off and when servers are killed. What coincides with that depends on the machine.
const resumeSeed = 31

func TestEveryClientGetsEachEventOnceThroughCutsAndCrashes(t *testing.T) {
	t.Parallel()
	subscribers, kills, between := long(40, 200), long(2, 5), long(3*time.Second, 40*time.Second)
	random := rand.New(rand.NewPCG(resumeSeed, 1))
	f := openFleet(t, 2)
	start := f.now()
	w := f.newWorkload()
	orders, rare := w.placeOrders(t, subscribers/4), w.addRareDish()

	following, leave := context.WithCancel(t.Context())
	var present sync.WaitGroup
	defer present.Wait()
	defer leave()
	followers := make([]*follower, subscribers)
	for i := range followers {
		by := []transport{bySocket, byEvents, bySocket, byEventsWithHeader}[i%4]
		wants := []subscription{
			allChanges(start), menuChanges(start), latestOfAll(start), changesOf(orders[i%len(orders)], start), changesOf(orders[i%len(orders)], start),
		}[i/4%5]
		followers[i] = f.follower(by, f.account(auth.RoleCook), wants, rand.New(rand.NewPCG(resumeSeed, 100+uint64(i))))
		present.Go(func() { followers[i].run(following) })
	}

	working, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	defer stop()
	begun := time.Now()
	seed := rand.New(rand.NewPCG(resumeSeed, 2))
	busy.Go(func() { w.run(working, 50, seed, orders) })
	busy.Go(func() { w.changeMenu(working, rand.New(rand.NewPCG(resumeSeed, 4)), rare) })
	busy.Go(func() { cutPeriodically(working, followers) })
	for i := range kills {
		time.Sleep(between/2 + time.Duration(random.Int64N(int64(between))))
		f.at(i % 2).kill()
		time.Sleep(time.Duration(random.Int64N(int64(time.Second))))
		f.restart(i % 2)
	}
	time.Sleep(between / 2)
	stop()
	busy.Wait()
	worked := time.Since(begun)

	connects := 0
	for _, follower := range followers {
		follower.requireAll(t)
		_, came := follower.counts()
		connects += came
	}
	t.Logf("seed %d: %d orders, %s in %.0f s, %d clients connected %d times, %d kills",
		resumeSeed, len(versions(t, f.db.Pool, "ORDER")), w.count(), worked.Seconds(), subscribers, connects, kills)
	require.Greater(t, connects, 2*subscribers)
}

// cutPeriodically cuts the connections of some clients every 200 ms.
func cutPeriodically(ctx context.Context, followers []*follower) {
	random := rand.New(rand.NewPCG(resumeSeed, 3))
	for ctx.Err() == nil {
		time.Sleep(200 * time.Millisecond)
		for range 1 + len(followers)/20 {
			followers[random.IntN(len(followers))].conn.cut()
		}
	}
}
