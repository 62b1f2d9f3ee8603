package events_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/pgtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("pizzeria/internal/platform/privatepg.(*process).supervise")) // ends with us
}

func TestTailDeliversEachEventOnceAndInOrder(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t, pgtest.WithMaxConns(24))
	log, err := events.Open(t.Context(), shop.Pool)
	require.NoError(t, err)
	start := now(t, log)
	one, other := follow(t, shop, events.TailOptions{Page: 7}), follow(t, shop, events.TailOptions{})

	writing, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	var busy sync.WaitGroup
	for i := range 16 {
		busy.Go(func() { shop.Write(writing, uint64(i)) })
	}
	busy.Go(func() {
		for writing.Err() == nil {
			_, err := shop.Pool.Exec(t.Context(), "REFRESH MATERIALIZED VIEW CONCURRENTLY readmodel.order_1_snapshot")
			if err != nil {
				t.Errorf("refresh: %v", err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	busy.Go(func() {
		for writing.Err() == nil {
			one.cutListener(t)
			time.Sleep(700 * time.Millisecond)
		}
	})
	busy.Wait()

	written := shop.Written(t)
	require.Greater(t, len(written), 100)
	for _, tail := range []*follower{one, other} {
		tail.requireExactly(t, written)
	}
	t.Logf("%d events", len(written))
	all := one.events()
	for i := 0; i < len(all); i += 1 + len(all)/25 {
		rest := readAll(t, log, all[i].Cursor, events.Filter{}, 50)
		require.ElementsMatch(t, keys(all[i+1:]), keys(rest), "from the cursor of event %d of %d", i, len(all))
	}
	require.ElementsMatch(t, written, keys(readAll(t, log, start, events.Filter{}, 50)))
}

func TestTailDoesNotWaitForOpenTransactions(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	tail := follow(t, shop, events.TailOptions{})
	open, err := shop.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = shop.Place(t.Context(), open)
	require.NoError(t, err)

	order := shop.MustPlace(t)

	tail.requireExactly(t, []eventstest.Key{{ID: order, Version: 1}})
	require.NoError(t, open.Rollback(t.Context()))
}

func TestTailIsWokenByOtherServers(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	never := events.TailOptions{Poll: time.Hour}
	here, there := follow(t, shop, never), follow(t, shop, never)
	for _, tail := range []*follower{here, there} {
		require.Eventually(t, func() bool { return tail.listener(t) != 0 }, 10*time.Second, 10*time.Millisecond)
	}

	for range 3 {
		shop.MustPlace(t)
		here.Wake()
	}

	here.requireExactly(t, shop.Written(t))
	there.requireExactly(t, shop.Written(t))
}

func TestTailMissesNothingWhileItsConnectionIsDown(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	tail := follow(t, shop, events.TailOptions{Poll: time.Hour})
	require.Eventually(t, func() bool { return tail.listener(t) != 0 }, 10*time.Second, 10*time.Millisecond)

	before := tail.listener(t)
	for listens := true; listens; { // on a busy machine, again before the order is committed
		cut := tail.listener(t)
		tail.cutListener(t)
		shop.MustPlace(t)
		now := tail.listener(t)
		listens = now != 0 && now != cut
	}

	tail.requireExactly(t, shop.Written(t))
	require.Eventually(t, func() bool { return tail.listener(t) != before && tail.listener(t) != 0 },
		10*time.Second, 10*time.Millisecond)
}

func TestTailPollsWithoutNotifications(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	tail := follow(t, shop, events.TailOptions{Poll: 10 * time.Millisecond})

	shop.MustPlace(t)

	tail.requireExactly(t, shop.Written(t))
}

func TestTailDeliversAgainWhatWasRefused(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	tail := prepare(t, shop, events.TailOptions{Poll: 10 * time.Millisecond})
	tail.refuse = 3
	tail.run(t)

	shop.MustPlace(t)
	shop.MustPlace(t)

	tail.requireExactly(t, shop.Written(t))
	require.Eventually(t, func() bool { return tail.Healthy() == nil }, 10*time.Second, 10*time.Millisecond)
}

func TestTailGivesUpATooLargeGap(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	tail := prepare(t, shop, events.TailOptions{Poll: 10 * time.Millisecond, MaxGap: 3})
	tail.refuse = 1
	for range 5 {
		shop.MustPlace(t)
	}
	tail.run(t)

	require.Eventually(t, func() bool { return tail.resets() == 1 }, 10*time.Second, 10*time.Millisecond)
	order := shop.MustPlace(t)
	tail.requireExactly(t, []eventstest.Key{{ID: order, Version: 1}})
}
