package readmodel_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestWhatIsChangedAfterItWasComputedIsComputedAtTheCommit(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	computed := func(tx execer, tip int) int {
		return count(t, tx, "SELECT count(*) FROM public.order_fresh WHERE number = 3 AND document->'totals'->>'tip' = ($1::integer)::text", tip)
	}
	tx := begin(t, db, pgx.ReadCommitted)
	run(t, tx, "UPDATE public.orders SET tip_cents = 1, total_cents = total_cents + 1 WHERE id = test.id('d', 3)")
	require.Zero(t, computed(tx, 1))

	run(t, tx, "SELECT readmodel.compute_now()")
	require.Equal(t, 1, computed(tx, 1))

	run(t, tx, "UPDATE public.orders SET tip_cents = 2, total_cents = total_cents + 1 WHERE id = test.id('d', 3)")
	require.Equal(t, 1, computed(tx, 1), "still the same")
	require.NoError(t, tx.Commit(t.Context()))
	require.Equal(t, 1, computed(db.Pool, 2))
	requireExact(t, db)
}
