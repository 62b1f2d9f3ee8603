package postgres_test

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

func TestInTxCommits(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)

	err := postgres.InTx(t.Context(), db.Gorm, nil, add(1))

	require.NoError(t, err)
	require.EqualValues(t, 1, count(t, db))
}

func TestInTxRollsBackOnErrorAndPanic(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	refused := errors.New("refused")

	err := postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
		return errors.Join(add(1)(tx), refused)
	})
	require.ErrorIs(t, err, refused)
	require.Panics(t, func() {
		_ = postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
			_ = add(2)(tx)
			panic("a bug")
		})
	})

	require.Zero(t, count(t, db))
	require.Zero(t, db.Pool.Stat().AcquiredConns())
}

func TestSerializationFailureAtCommitIsRetryable(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	serializable := &sql.TxOptions{Isolation: sql.LevelSerializable}
	var bothRead sync.WaitGroup
	bothRead.Add(2)

	var group errgroup.Group
	for id := range 2 {
		group.Go(func() error {
			return postgres.InTx(t.Context(), db.Gorm, serializable, func(tx *gorm.DB) error {
				var seen int64
				if err := tx.Table("public.things").Count(&seen).Error; err != nil {
					return err
				}
				bothRead.Done()
				bothRead.Wait()
				return add(id)(tx)
			})
		})
	}

	err := group.Wait()
	require.Error(t, err)
	require.True(t, postgres.Retryable(err), err)
	require.EqualValues(t, 1, count(t, db))
}

func TestDeadlockIsRetryable(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	require.NoError(t, add(1)(db.Gorm))
	require.NoError(t, add(2)(db.Gorm))
	var bothLocked sync.WaitGroup
	bothLocked.Add(2)

	var group errgroup.Group
	for _, order := range [][2]int{{1, 2}, {2, 1}} {
		group.Go(func() error {
			return postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
				// Detection must come before the time limit for locks.
				if err := tx.Exec("SET LOCAL deadlock_timeout = '50ms'; SET LOCAL lock_timeout = '30s'").Error; err != nil {
					return err
				}
				if err := lock(tx, order[0]); err != nil {
					return err
				}
				bothLocked.Done()
				bothLocked.Wait()
				return lock(tx, order[1])
			})
		})
	}

	require.True(t, postgres.Retryable(group.Wait()))
}

func TestAChangeThatAnothersRollbackDisturbedIsRetryable(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	raise := func(message string) error {
		return db.Gorm.Exec("DO $$ BEGIN RAISE '" + message + "' USING ERRCODE = 'XX000'; END $$").Error
	}

	require.True(t, postgres.Retryable(raise("new multixact has more than one updating member: 0 2[7 (nokeyupd), 8 (nokeyupd)]")))
	require.False(t, postgres.Retryable(raise("cache lookup failed for relation 7")))
}

func TestALostRaceIsRetryable(t *testing.T) {
	t.Parallel()
	broken := errors.New("the row has changed")
	err := fmt.Errorf("place order: %w", postgres.LostRace(broken))
	require.ErrorIs(t, err, broken)
	require.True(t, postgres.Retryable(err))
	require.True(t, postgres.Unavailable(err), "if it is lost each time")
	require.False(t, postgres.Retryable(broken))
}

func TestConstraintNamesTheBrokenRule(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	require.NoError(t, add(1)(db.Gorm))

	unique := fmt.Errorf("add: %w", add(1)(db.Gorm))
	check := add(-1)(db.Gorm)
	syntax := db.Gorm.Exec("SELEKT").Error

	state, name, ok := postgres.Constraint(unique)
	require.Equal(t, []any{"23505", "things_pkey", true}, []any{state, name, ok})
	state, name, ok = postgres.Constraint(check)
	require.Equal(t, []any{"23514", "things_not_negative", true}, []any{state, name, ok})
	_, _, ok = postgres.Constraint(syntax)
	require.False(t, ok)
	for _, err := range []error{unique, check, syntax, errors.New("other"), nil} {
		require.False(t, postgres.Retryable(err))
	}
}

func newDatabase(t *testing.T) *pgtest.Database {
	t.Helper()
	return pgtest.New(t, pgtest.WithMigrations(fstest.MapFS{"00001_things.sql": {Data: []byte(`-- expands: a test
-- +goose Up
		CREATE TABLE public.things (id bigint PRIMARY KEY, CONSTRAINT things_not_negative CHECK (id >= 0));`)}}))
}

func add(id int) func(tx *gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Exec("INSERT INTO public.things (id) VALUES (?)", id).Error }
}

func lock(tx *gorm.DB, id int) error {
	return tx.Exec("SELECT id FROM public.things WHERE id = ? FOR UPDATE", id).Error
}

func count(t *testing.T, db *pgtest.Database) (n int64) {
	t.Helper()
	require.NoError(t, db.Gorm.Table("public.things").Count(&n).Error)
	return n
}
