package readmodel_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

func TestALargeFreshLevelIsCountedByASample(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "USD")
	fillOrderModel(t, db, 20_000, 40_000)
	require.Greater(t, count(t, db.Pool, "SELECT pg_relation_size('readmodel.order_1_fresh') / 8192"), 2000)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 80_000, MaxWait: time.Hour})
	r.Pool = connect(t, db, 1)
	before, readBefore := snapshotOf(t, db, order), freshRead(t, r.Pool)

	r.RefreshDue(t.Context())

	read := freshRead(t, r.Pool) - readBefore
	require.Positive(t, read)
	require.Less(t, read, 30_000, "rows of 40,000")
	require.Equal(t, before, snapshotOf(t, db, order), "not half enough")

	r.Limits.MinRows = 20_000
	r.RefreshDue(t.Context())

	require.NotEqual(t, before, snapshotOf(t, db, order), "twice enough")
}

// A statement for each number would fill the caches of the connection and its server.
func TestEveryLookAsksTheSame(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 100, MaxWait: time.Hour})
	r.Pool = connect(t, db, 1)
	r.RefreshDue(t.Context())
	before := prepared(t, r.Pool)

	r.Limits.MinRows = 101
	r.RefreshDue(t.Context())

	require.Equal(t, before, prepared(t, r.Pool))
}

// freshRead tells how many fresh rows of orders scans have read so far, those of the pool's one connection to the last.
func freshRead(t *testing.T, pool *pgxpool.Pool) int {
	t.Helper()
	run(t, pool, "SELECT pg_stat_force_next_flush()")
	return count(t, pool, "SELECT pg_stat_get_tuples_returned('readmodel.order_1_fresh'::regclass)")
}

func prepared(t *testing.T, pool *pgxpool.Pool) int {
	t.Helper()
	return count(t, pool, "SELECT count(*) FROM pg_prepared_statements")
}

// What was erased must not stay in a snapshot until a tenth of all has changed.
func TestASnapshotIsNoOlderThanItMayBeOnceAnythingHasChanged(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, later := refresher(t, db, readmodel.Thresholds{MinRows: 1_000, Share: 0.9, MaxWait: time.Minute, MaxAge: time.Hour})
	r.RefreshDue(t.Context())
	before := snapshotOf(t, db, order)
	run(t, db.Pool, "UPDATE public.orders SET special_instructions = 'ring' WHERE id = test.id('d', 1)")
	changed := time.Now()

	later.Store(1800)
	r.RefreshDue(t.Context())
	require.Equal(t, before, snapshotOf(t, db, order), "there is time")
	renewed, err := readmodel.Renewed(t.Context(), db.Pool, changed)
	require.NoError(t, err)
	require.False(t, renewed)

	later.Store(3700)
	r.RefreshDue(t.Context())
	require.NotEqual(t, before, snapshotOf(t, db, order))
	renewed, err = readmodel.Renewed(t.Context(), db.Pool, changed)
	require.NoError(t, err)
	require.True(t, renewed)
}
