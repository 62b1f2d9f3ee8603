package readmodel_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

// stopsBeforeTheSweep cancels a refresh once its snapshot is committed: the sweep finds the table locked, and waits.
func stopsBeforeTheSweep(t *testing.T, db *pgtest.Database, m readmodel.Generation) error {
	t.Helper()
	sweepWaits := begin(t, db, pgx.ReadCommitted)
	run(t, sweepWaits, "LOCK TABLE public."+m.Model+"_fresh IN SHARE MODE")
	ctx, crash := context.WithCancel(t.Context())
	pool, done := unlimitedPool(t, db), make(chan error, 1)
	before := count(t, db.Pool, "SELECT xmin::text::bigint FROM readmodel.snapshots WHERE model = $1", m.Model)
	go func() {
		_, err := readmodel.Refresh(ctx, pool, m)
		done <- err
	}()
	for count(t, db.Pool, "SELECT xmin::text::bigint FROM readmodel.snapshots WHERE model = $1", m.Model) == before {
	}
	crash()
	err := <-done
	require.NoError(t, sweepWaits.Rollback(t.Context()))
	return err
}

func TestACrashBetweenRefreshAndSweepIsHarmless(t *testing.T) {
	t.Parallel()
	for _, m := range []readmodel.Generation{order, pizzaSales} {
		t.Run(m.Model, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			run(t, db.Pool, confirm)
			left := fresh(t, db, m)
			require.Positive(t, left)

			require.ErrorIs(t, stopsBeforeTheSweep(t, db, m), context.Canceled)

			require.Equal(t, left, fresh(t, db, m))
			requireExact(t, db)
			run(t, db.Pool, confirm, "UPDATE public.orders SET status = 'CANCELLED' WHERE number IN (3, 4)")
			requireExact(t, db)
			refreshAll(t, db)
			require.Zero(t, fresh(t, db, m))
			requireExact(t, db)
		})
	}
}

func TestWhatACrashLeftOfASumIsNotCompactedWithWhatStillCounts(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool, confirm)
	left := fresh(t, db, pizzaSales)
	require.Positive(t, left)
	require.ErrorIs(t, stopsBeforeTheSweep(t, db, pizzaSales), context.Canceled)
	for range 5 {
		run(t, db.Pool, "UPDATE public.orders SET status = 'CANCELLED' WHERE id = test.id('d', 3)", confirm)
	}
	run(t, db.Pool, "UPDATE public.orders SET status = 'CANCELLED' WHERE id IN (test.id('d', 3), test.id('d', 4))")
	before, pool := fresh(t, db, pizzaSales), unlimitedPool(t, db)

	require.Eventually(t, func() bool { // the lock comes back when the server has noticed the crash
		ran, err := readmodel.TryCompact(t.Context(), pool, pizzaSales)
		return err == nil && ran
	}, 20*time.Second, 10*time.Millisecond)

	require.Less(t, fresh(t, db, pizzaSales), before)
	require.Equal(t, left, count(t, db.Pool, `
		SELECT count(*)
		FROM public.pizza_sales_fresh AS f
		JOIN readmodel.models AS m ON m.name = 'pizza_sales' AND pg_visible_in_snapshot(f.xid, m.snapshot)`), "left to the next sweep")
	requireExact(t, db)
	refreshAll(t, db)
	require.Zero(t, fresh(t, db, pizzaSales))
	requireExact(t, db)
}
