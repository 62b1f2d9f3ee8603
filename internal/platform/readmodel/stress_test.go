package readmodel_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

// minTransactions is how many transactions a stress run commits at least.
const minTransactions = 50

// stress runs random transactions on eight connections. Meanwhile it refreshes all generations that are filled and verifies
// those that must be exact. It lasts for the given length, and on a busy machine until there were minTransactions, and until
// every function of meanwhile has returned.
func stress(t *testing.T, db *pgtest.Database, length time.Duration, meanwhile ...func(ctx context.Context) error) {
	t.Helper()
	pool := unlimitedPool(t, db)
	var busy atomic.Int64
	busy.Store(int64(len(meanwhile)))
	var done, lost, refreshed, compacted, checked atomic.Int64
	work, ctx := errgroup.WithContext(t.Context())
	began := time.Now()
	running := func() bool {
		passed := time.Since(began)
		return ctx.Err() == nil && (passed < length || busy.Load() > 0 || done.Load() <= minTransactions && passed < time.Minute)
	}
	for _, do := range meanwhile {
		work.Go(func() error {
			defer busy.Add(-1)
			return do(ctx)
		})
	}
	for worker := range 8 {
		work.Go(func() error {
			r := rand.New(rand.NewPCG(uint64(worker), 1))
			for running() {
				err := transact(t.Context(), db, r)
				switch {
				case err == nil:
					done.Add(1)
				case collided(err):
					lost.Add(1)
				default:
					return withLocation(err)
				}
			}
			return nil
		})
	}
	background := func(count *atomic.Int64, list func(context.Context, readmodel.Querier) ([]readmodel.Generation, error), each func(readmodel.Generation) error) {
		work.Go(func() error {
			for running() {
				all, err := list(t.Context(), pool)
				if err != nil {
					return err
				}
				for _, g := range all {
					if err := each(g); err != nil {
						return err
					}
					count.Add(1)
				}
			}
			return nil
		})
	}
	background(&refreshed, filledGenerations, func(m readmodel.Generation) error {
		_, err := readmodel.Refresh(t.Context(), pool, m)
		return err
	})
	background(&compacted, filledGenerations, func(m readmodel.Generation) error {
		if m.Kind != readmodel.Sum {
			return nil
		}
		_, err := readmodel.TryCompact(t.Context(), pool, m)
		return err
	})
	background(&checked, exactGenerations, func(m readmodel.Generation) error {
		difference, err := readmodel.Verify(t.Context(), pool, m)
		if err == nil && !difference.None() {
			err = fmt.Errorf("%s: %+v", m.Name(), difference)
		}
		return err
	})
	require.NoError(t, work.Wait())

	requireExact(t, db)
	t.Logf("%d transactions, %d collided, %d refreshes, %d compactions, %d checks",
		done.Load(), lost.Load(), refreshed.Load(), compacted.Load(), checked.Load())
	require.Greater(t, done.Load(), int64(minTransactions))
}

func TestEveryViewEqualsItsDefinitionWhateverHappens(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	prepareStress(t, db)

	stress(t, db, 6*time.Second)
}

// prepareStress creates the sequence of order numbers, and makes connections detect deadlocks soon, since concurrent
// random transactions have many.
func prepareStress(t *testing.T, db *pgtest.Database) {
	t.Helper()
	run(t, db.Pool, "CREATE SEQUENCE test.orders START 21",
		"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''20ms''', current_database()); END $$")
	db.Pool.Reset()
}
