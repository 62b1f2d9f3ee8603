package readmodel_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
)

// What was written while only some tables had their triggers may have been computed, and then changed by a table without one.
// The snapshot contains all of it, but the row computed too early is in front of it until the builder sweeps it.
func TestAGenerationIsExactOnceWhatItsFirstTriggersComputedIsSwept(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	b := builder(t, unlimitedPool(t, db), map[string]string{"order": next(t)["order"]})
	b.After(func(s readmodel.State) error {
		if s == readmodel.Filled {
			return errKilled
		}
		return nil
	})
	writer := begin(t, db, pgx.ReadCommitted)
	run(t, writer, "LOCK TABLE public.order_items IN ROW EXCLUSIVE MODE")
	built := make(chan error, 1)
	go func() { built <- b.Run(t.Context()) }()
	for count(t, db.Pool, "SELECT count(*) FROM readmodel.tables_followed('order_2') AS f WHERE f = 'public.orders'::regclass") == 0 {
	}
	run(t, db.Pool, "UPDATE public.orders SET version = 2 WHERE id = test.id('d', 3)",
		"UPDATE public.order_items SET instructions = 'hot' WHERE order_id = test.id('d', 3)")
	require.NoError(t, writer.Rollback(t.Context()))
	require.ErrorIs(t, <-built, errKilled)

	difference, err := readmodel.Verify(t.Context(), unlimitedPool(t, db), readmodel.Generation{Model: "order", Number: 2, Kind: readmodel.Row})
	require.NoError(t, err)
	require.Equal(t, 1, difference.OnlyInView, "nobody reads it yet")
	requireExact(t, db)
	b.After(func(readmodel.State) error { return nil })
	require.NoError(t, b.Run(t.Context()))

	require.Equal(t, "order_2", inUse(t, db, "order"))
	requireExact(t, db)
}
