package readmodel_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

const confirm = "UPDATE public.orders SET status = 'CONFIRMED' WHERE id = test.id('d', 3)"

var (
	order      = readmodel.Generation{Model: "order", Number: 1, Kind: readmodel.Row}
	menu       = readmodel.Generation{Model: "menu", Number: 1, Kind: readmodel.Row}
	pizzaSales = readmodel.Generation{Model: "pizza_sales", Number: 1, Kind: readmodel.Sum}
)

func fresh(t *testing.T, db *pgtest.Database, m readmodel.Generation) int {
	t.Helper()
	return count(t, db.Pool, "SELECT count(*) FROM public."+m.Model+"_fresh")
}

func TestRefreshMovesWhatIsFreshIntoTheSnapshot(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool, confirm)
	require.Equal(t, 1, fresh(t, db, order))
	require.Equal(t, 2, fresh(t, db, pizzaSales)+count(t, db.Pool, "SELECT count(*) FROM public.order_items WHERE order_id = test.id('d', 3) AND category <> 'Pizza'"))

	swept, err := readmodel.Refresh(t.Context(), unlimitedPool(t, db), order)

	require.NoError(t, err)
	require.EqualValues(t, 1, swept)
	require.Zero(t, fresh(t, db, order))
	require.Equal(t, 1, count(t, db.Pool, "SELECT count(*) FROM public.order_snapshot WHERE number = 3 AND status = 'CONFIRMED'"))
	requireExact(t, db)
}

func TestARowThatIsGoneLeavesATombstoneUntilTheRefresh(t *testing.T) {
	t.Parallel()
	db := newShop(t)

	run(t, db.Pool, "UPDATE public.menu_items SET archived_at = now() WHERE id = test.id('b', 1)")

	require.Equal(t, 1, count(t, db.Pool, "SELECT count(*) FROM public.menu_fresh WHERE tombstone"))
	require.Zero(t, count(t, db.Pool, "SELECT count(*) FROM public.menu_view WHERE id = test.id('b', 1)"))
	requireExact(t, db)

	_, err := readmodel.Refresh(t.Context(), unlimitedPool(t, db), menu)

	require.NoError(t, err)
	require.Zero(t, fresh(t, db, menu))
	require.Equal(t, 7, count(t, db.Pool, "SELECT count(*) FROM public.menu_snapshot"))

	run(t, db.Pool, "UPDATE public.menu_items SET archived_at = NULL WHERE id = test.id('b', 1)")

	require.Equal(t, 1, count(t, db.Pool, "SELECT count(*) FROM public.menu_view WHERE id = test.id('b', 1)"))
	requireExact(t, db)
}

// The sums depend on it: what was committed after the snapshot was taken still counts as fresh.
func TestARefreshContainsItsSnapshotAndNothingLater(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	for _, m := range models(t, db) {
		before := rowTexts(t, db, "SELECT * FROM public."+m.Model+"_snapshot ORDER BY 1, 2, 3")
		var tx pgx.Tx
		var taken string
		tx = begin(t, db, pgx.RepeatableRead)
		require.NoError(t, tx.QueryRow(t.Context(), "SELECT pg_current_snapshot()::text").Scan(&taken))

		run(t, db.Pool, "UPDATE public.orders SET status = CASE status WHEN 'PENDING' THEN 'CONFIRMED' ELSE 'PENDING' END",
			"UPDATE public.menu_items SET version = version + 1")
		run(t, tx, "REFRESH MATERIALIZED VIEW CONCURRENTLY readmodel."+m.Model+"_1_snapshot",
			"UPDATE readmodel.snapshots SET snapshot = '"+taken+"' WHERE model = '"+m.Model+"'")
		require.NoError(t, tx.Commit(t.Context()))

		require.Equal(t, before, rowTexts(t, db, "SELECT * FROM public."+m.Model+"_snapshot ORDER BY 1, 2, 3"))
		requireExact(t, db)
		refreshAll(t, db)
	}
}

func TestWhatIsNotCommittedSurvivesARefresh(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	writer := begin(t, db, pgx.ReadCommitted)
	run(t, writer, confirm, "SET CONSTRAINTS ALL IMMEDIATE") // its fresh rows are there, for itself

	refreshAll(t, db)
	require.NoError(t, writer.Commit(t.Context()))

	require.Equal(t, 1, fresh(t, db, order))
	requireExact(t, db)
	refreshAll(t, db)
	require.Zero(t, fresh(t, db, order))
	requireExact(t, db)
}

func TestOneRefreshAtATime(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	var work errgroup.Group
	for range 4 {
		work.Go(func() error {
			_, err := readmodel.Refresh(t.Context(), pool, order)
			return err
		})
	}
	require.NoError(t, work.Wait(), "they take turns")

	other := begin(t, db, pgx.ReadCommitted)
	run(t, other, "SELECT pg_advisory_xact_lock(hashtextextended('readmodel:order_1', 0))")

	_, ran, err := readmodel.TryRefresh(t.Context(), pool, order)
	require.NoError(t, err)
	require.False(t, ran)

	require.NoError(t, other.Rollback(t.Context()))
	_, ran, err = readmodel.TryRefresh(t.Context(), pool, order)
	require.NoError(t, err)
	require.True(t, ran)
	require.Zero(t, count(t, db.Pool, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
}

func TestVerifyFindsEachKindOfDifference(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool,
		"INSERT INTO public.order_fresh (id, xid, tombstone) VALUES (test.id('d', 1), '1', true)",
		"INSERT INTO public.order_fresh (id, number, xid, tombstone) VALUES (test.id('d', 77), 77, '1', false)")

	difference, err := readmodel.Verify(t.Context(), db.Pool, order)

	require.NoError(t, err)
	require.Equal(t, 1, difference.OnlyInView)
	require.Equal(t, 1, difference.OnlyInSource)
	require.Len(t, difference.Examples, 2)
	require.Contains(t, difference.Examples[0], "only in view: (0000000d-0000-0000-0000-000000000077")
}
