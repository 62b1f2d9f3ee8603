package readmodel_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

// refresher's clock stands still unless it is moved, by seconds.
func refresher(t *testing.T, db *pgtest.Database, limits readmodel.Thresholds) (*readmodel.Refresher, *prometheus.Registry, *atomic.Int64) {
	t.Helper()
	registry, start, later := prometheus.NewRegistry(), time.Now(), new(atomic.Int64)
	return &readmodel.Refresher{
		Pool: unlimitedPool(t, db), Limits: limits, Every: 10 * time.Millisecond,
		Now:     func() time.Time { return start.Add(time.Duration(later.Load()) * time.Second) },
		Metrics: readmodel.NewMetrics(registry), Log: slog.New(slog.DiscardHandler),
	}, registry, later
}

// series counts a metric's series, here the models it tells of.
func series(t *testing.T, registry *prometheus.Registry, name string) int {
	t.Helper()
	families, err := registry.Gather()
	require.NoError(t, err)
	for _, family := range families {
		if family.GetName() == name {
			return len(family.GetMetric())
		}
	}
	return 0
}

func TestTheRefresherActsOnSize(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 3, Share: 0.2, MaxWait: time.Hour}) // of 20 orders: 4

	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number <= 3")
	r.RefreshDue(t.Context())
	require.Equal(t, 3, fresh(t, db, order), "too few")

	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number = 4")
	r.RefreshDue(t.Context())
	require.Zero(t, fresh(t, db, order))
}

func TestTheRefresherWaitsNoLongerThanItMay(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, registry, later := refresher(t, db, readmodel.DefaultThresholds) // a tenth of 20 orders: 2
	later.Store(660)
	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number = 3")
	r.RefreshDue(t.Context())
	require.Equal(t, 1, fresh(t, db, order), "too few, however long they wait")
	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number = 4")

	later.Store(0)
	r.RefreshDue(t.Context())
	require.Equal(t, 2, fresh(t, db, order), "too early")

	later.Store(660)
	r.RefreshDue(t.Context())
	require.Zero(t, fresh(t, db, order))
	require.Equal(t, 1, series(t, registry, "pizzeria_readmodel_refresh_seconds"), "models with nothing fresh are left alone")
}

// Refreshing it takes as long as filling it did, and its builder would wait for that.
func TestAGenerationIsNotRefreshedBeforeItIsVerified(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 3, Share: 0.1, MaxWait: time.Hour})
	b := builder(t, unlimitedPool(t, db), map[string]string{"order": next(t)["order"]})
	b.After(func(s readmodel.State) error {
		if s == readmodel.Filled {
			return errKilled
		}
		return nil
	})
	require.ErrorIs(t, b.Run(t.Context()), errKilled)
	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number <= 10")

	r.RefreshDue(t.Context())

	const freshOnes = "SELECT count(*) FROM readmodel.order_"
	require.Equal(t, 10, count(t, db.Pool, freshOnes+"1_fresh"), "the one that is being replaced is refreshed later than usual")
	require.Equal(t, 10, count(t, db.Pool, freshOnes+"2_fresh"))
	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number <= 16")
	r.RefreshDue(t.Context())
	require.Zero(t, count(t, db.Pool, freshOnes+"1_fresh"))
	require.Equal(t, 16, count(t, db.Pool, freshOnes+"2_fresh"))
	b.After(func(readmodel.State) error { return nil })
	require.NoError(t, b.Run(t.Context()))
	requireExact(t, db)
}

func TestFewGroupsThatChangeOftenAreCompactedRatherThanRefreshed(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, registry, _ := refresher(t, db, readmodel.Thresholds{MinRows: 40, Share: 0.1, MaxWait: time.Hour})
	before := snapshotOf(t, db, pizzaSales)
	for range 20 {
		run(t, db.Pool, "UPDATE public.orders SET status = 'CANCELLED' WHERE id = test.id('d', 3)", confirm)
	}
	run(t, db.Pool, "UPDATE public.orders SET status = 'CANCELLED' WHERE id = test.id('d', 4)")
	require.Greater(t, fresh(t, db, pizzaSales), 40)

	r.RefreshDue(t.Context())

	require.Equal(t, before, snapshotOf(t, db, pizzaSales), "no refresh")
	require.Positive(t, fresh(t, db, pizzaSales))
	require.Less(t, fresh(t, db, pizzaSales), 5, "what comes to nothing is forgotten")
	require.Positive(t, series(t, registry, "pizzeria_readmodel_compaction_seconds"))
	require.Zero(t, series(t, registry, "pizzeria_readmodel_refresh_seconds"))
	requireExact(t, db)
}

func TestManyGroupsAreRefreshed(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 2, Share: 0, MaxWait: time.Hour})
	before := snapshotOf(t, db, pizzaSales)
	run(t, db.Pool, "UPDATE public.orders SET status = 'CANCELLED' WHERE number <= 10")

	r.RefreshDue(t.Context())

	require.NotEqual(t, before, snapshotOf(t, db, pizzaSales))
	require.Zero(t, fresh(t, db, pizzaSales))
	requireExact(t, db)
}

func snapshotOf(t *testing.T, db *pgtest.Database, m readmodel.Generation) []string {
	t.Helper()
	return rowTexts(t, db, "SELECT m.snapshot::text FROM readmodel.models AS m WHERE m.name = '"+m.Model+"'")
}

func TestTheRefresherRunsUntilToldToStop(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 1, Share: 0, MaxWait: time.Hour})
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() {
		r.Run(ctx)
		close(stopped)
	}()

	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE number = 3")
	require.Eventually(t, func() bool { return fresh(t, db, order) == 0 }, 20*time.Second, 10*time.Millisecond)

	stop()
	select {
	case <-stopped:
	case <-time.After(20 * time.Second):
		t.Fatal("still running")
	}
	requireExact(t, db)
}

func TestTheRefresherCountsFailuresAndGoesOn(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, registry, _ := refresher(t, db, readmodel.Thresholds{MinRows: 1, MaxWait: time.Hour})
	run(t, db.Pool, "DROP INDEX readmodel.menu_1_snapshot_key", // without it there is no concurrent refresh
		"UPDATE public.orders SET version = 2 WHERE number = 3",
		"UPDATE public.menu_items SET version = 2")

	r.RefreshDue(t.Context())

	require.Zero(t, fresh(t, db, order))
	require.Equal(t, 1, series(t, registry, "pizzeria_readmodel_refresh_failures_total"))
}
