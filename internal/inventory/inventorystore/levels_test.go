package inventorystore_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
)

// A refresh of a read model, or a dump, keeps all old versions of what changes meanwhile.
func TestStockIsTakenInAFewStepsWhileASnapshotIsHeld(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	flour := s.add(t, inventory.Ingredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 10_000}}})
	s.exec(t, `VACUUM ANALYZE public.stock_levels`) // a single page: reading all of it looks cheap
	s.holdSnapshot(t)
	connection, err := s.db.Pool.Acquire(t.Context()) // which keeps the plan that it has made now
	require.NoError(t, err)
	defer connection.Release()
	for range 1000 {
		_, err := connection.Exec(t.Context(), reserveOne, flour)
		require.NoError(t, err)
	}

	tx, err := connection.Begin(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback(context.WithoutCancel(t.Context()))) }()
	scansBefore, entriesBefore := reads(t, tx)
	_, err = tx.Exec(t.Context(), reserveOne, flour)
	require.NoError(t, err)

	scansAfter, entriesAfter := reads(t, tx)
	require.Zero(t, scansAfter-scansBefore, "reads of the whole table")
	require.Positive(t, entriesAfter-entriesBefore)
	require.LessOrEqual(t, entriesAfter-entriesBefore, 3, "pages that 32 versions are on")
}

func TestOrdersThatTakeTheLastUnitsAtOnce(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	flour := s.add(t, inventory.Ingredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 300}}})
	salt := s.add(t, inventory.Ingredient{Name: "Salt", Stock: []inventory.LocationStock{{OnHand: 1000}}})
	s.holdSnapshot(t)

	var taken atomic.Int64
	var orders errgroup.Group
	for n := range 8 {
		wanted := []uuid.UUID{flour, salt}
		if n%2 == 0 {
			wanted = []uuid.UUID{salt, flour} // they would wait for each other if they were taken so
		}
		orders.Go(func() error {
			for range 50 {
				var got int64
				if err := s.db.Pool.QueryRow(t.Context(), reserveOneOfEach, wanted).Scan(&got); err != nil {
					return err
				}
				taken.Add(got)
			}
			return nil
		})
	}
	require.NoError(t, orders.Wait())

	require.Equal(t, "300 300", s.level(t, flour))
	require.Equal(t, "1000 400", s.level(t, salt))
	require.EqualValues(t, 700, taken.Load())
}

func TestAnIngredientHasOneLevel(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	flour := s.add(t, inventory.Ingredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 5}}})
	salt := s.add(t, inventory.Ingredient{Name: "Salt"})

	for _, change := range []string{
		fmt.Sprintf(`INSERT INTO public.stock_levels (ingredient_id) VALUES ('%s')`, flour),
		fmt.Sprintf(`UPDATE public.stock_levels SET ingredient_id = '%s' WHERE ingredient_id = '%s'`, salt, flour),
		`DELETE FROM public.stock_levels`,
	} {
		_, err := s.db.Pool.Exec(t.Context(), change)
		require.ErrorContains(t, err, "come and go with their ingredients", change)
	}

	require.Equal(t, "5 0", s.level(t, flour))
	s.exec(t, `DELETE FROM public.ingredients WHERE name = 'Salt'`)
	var levels int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.stock_levels`).Scan(&levels))
	require.Equal(t, 1, levels)
}

const (
	reserveOne       = `SELECT FROM public.change_stock(json_build_array(json_build_object('ingredient_id', $1::uuid, 'on_hand', 0, 'reserved', 1)))`
	reserveOneOfEach = `SELECT count(*) FROM public.change_stock((
		SELECT json_agg(json_build_object('ingredient_id', w, 'on_hand', 0, 'reserved', 1)) FROM unnest($1::uuid[]) AS w))`
)

// reads tells how often the connection has read all of the levels, and how many entries of their index.
func reads(t *testing.T, tx pgx.Tx) (scans, entries int) {
	t.Helper()
	require.NoError(t, tx.QueryRow(t.Context(), `
		SELECT pg_stat_get_xact_numscans('public.stock_levels'::regclass),
			pg_stat_get_xact_tuples_returned('public.stock_levels_newest_idx'::regclass)`).Scan(&scans, &entries))
	return scans, entries
}
