package proof_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	serving "pizzeria/internal/server"
	"pizzeria/internal/server/releasetest"
)

const rollingSeed = 17

func TestARollingUpgradeAndItsRollbackFailNoRequestAndLoseNoEvent(t *testing.T) {
	t.Parallel()
	this, next := serving.ThisRelease(), releasetest.Next(t)
	r := openRollout(t)
	r.add(this)
	r.add(this)
	start := r.now()
	w := r.newWorkload()
	orders := w.placeOrders(t, 4)
	key := map[string]any{"items": []map[string]any{{"menuItemId": w.dish, "size": "MEDIUM", "quantity": 1}}}
	intent := func() string {
		answer, err := ask[struct{ Done commandResult }](t.Context(), r.at(0).url, w.customer, `mutation ($items: [OrderItemInput!]!) {
			done: placeOrder(input: {idempotencyKey: "one intent", fulfillment: PICKUP, paymentMethod: CASH, items: $items}) { order { id status version } }
		}`, key)
		require.NoError(t, err)
		require.NotNil(t, answer.Done.Order)
		return answer.Done.Order.ID
	}
	first := intent()

	following, leave := context.WithCancel(t.Context())
	var present sync.WaitGroup
	defer present.Wait()
	defer leave()
	followers := make([]*follower, 12)
	for i := range followers {
		by := []transport{bySocket, byEvents, bySocket, byEventsWithHeader}[i%4]
		wants := []subscription{allChanges(start), latestOfAll(start), changesOf(orders[i%4], start)}[i/4]
		followers[i] = r.follower(by, r.account(auth.RoleCook), wants, rand.New(rand.NewPCG(rollingSeed, 100+uint64(i))))
		present.Go(func() { followers[i].run(following) })
	}
	working, stop := context.WithCancel(t.Context())
	defer stop()
	var busy sync.WaitGroup
	var wrong []string
	busy.Go(func() { w.run(working, 30, rand.New(rand.NewPCG(rollingSeed, 2)), orders) })
	busy.Go(func() { wrong = r.watchReadiness(working) })

	require.Equal(t, 1, r.inUse("order"))
	r.replace(next)
	require.Equal(t, 2, r.inUse("order"))
	require.Equal(t, 2, r.inUse("pizza_sales"))
	require.Equal(t, first, intent(), "the first answer, at a server of the next version")
	var boxes, all int
	require.NoError(t, r.db.Pool.QueryRow(t.Context(), `
		SELECT count(*) FILTER (WHERE v.boxes = 1 AND (v.document->>'boxes')::integer = 1), count(*) FROM public.order_view AS v`).Scan(&boxes, &all))
	require.Equal(t, all, boxes)
	require.Eventually(t, func() bool { // nobody needs it any more
		var state string
		require.NoError(t, r.db.Pool.QueryRow(t.Context(), `SELECT g.state FROM readmodel.generations AS g WHERE g.model = 'order' AND g.number = 1`).Scan(&state))
		return state == "dropped"
	}, time.Minute, 100*time.Millisecond)
	r.replace(this)
	require.Equal(t, 2, r.inUse("order"), "an earlier version leaves a later one's in use")
	require.Equal(t, first, intent())
	time.Sleep(time.Second)
	stop()
	busy.Wait()

	require.Empty(t, wrong, "servers in the rotation that were not ready")
	require.Zero(t, w.failed.Load(), "failed requests")
	require.Positive(t, w.done.Load())
	connects := 0
	for _, follower := range followers {
		follower.requireAll(t)
		_, came := follower.counts()
		connects += came
	}
	require.Greater(t, connects, len(followers), "nobody lost a connection")
	r.requireExact()
	t.Logf("seed %d: %d orders, %d commands and queries, %d clients connected %d times", rollingSeed, len(versions(t, r.db.Pool, "ORDER")), w.done.Load(), len(followers), connects)
}
