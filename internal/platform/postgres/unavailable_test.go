package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

// slack is what a busy machine may add to a limit of seconds.
const slack = 5 * time.Second

func TestUnavailableIsWhatMaySucceedInAMoment(t *testing.T) {
	t.Parallel()
	for code, unavailable := range map[string]bool{
		"08006": true, "53300": true, "53100": true, "57P01": true, "57P02": true, "57P03": true, "57014": true, "25P03": true,
		"25P04": true, "40001": true, "40P01": true, "55P03": true, "25006": true,
		"23505": false, "42601": false, "22003": false, "57P04": false, "55000": false, "XX000": false, "": false,
	} {
		require.Equal(t, unavailable, postgres.Unavailable(fmt.Errorf("try: %w", &pgconn.PgError{Code: code})), code)
	}
	for _, err := range []error{
		context.DeadlineExceeded, io.ErrUnexpectedEOF, pgconn.ErrConnClosed,
		&pgconn.PgError{Code: "55000", Message: "recovery is in progress"},
		&pgconn.PgError{Code: "XX000", Message: "new multixact has more than one updating member: 0 2[7 (nokeyupd), 8 (nokeyupd)]"},
	} {
		require.True(t, postgres.Unavailable(fmt.Errorf("try: %w", err)), err)
	}
	for _, err := range []error{nil, errors.New("a bug"), context.Canceled, gorm.ErrRecordNotFound} {
		require.False(t, postgres.Unavailable(err), err)
	}
}

func TestWhatTheDatabaseReallyFailsWithIsUnavailable(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*testing.T, *pgtest.Database) error{
		"nobody listens": func(t *testing.T, _ *pgtest.Database) error {
			_, err := postgres.Connect(t.Context(), "postgres://127.0.0.1:1/pizzeria", postgres.Options{WaitFor: -1})
			return err
		},
		"terminated in a transaction": func(t *testing.T, db *pgtest.Database) error {
			return postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
				var pid int
				require.NoError(t, tx.Raw("SELECT pg_backend_pid()").Scan(&pid).Error)
				exec(t, db.Pool, "SELECT pg_terminate_backend($1)", pid)
				return add(1)(tx)
			})
		},
		"terminated while idle in a transaction": func(t *testing.T, db *pgtest.Database) error {
			return postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
				require.NoError(t, tx.Exec("SET LOCAL idle_in_transaction_session_timeout = '10ms'").Error)
				time.Sleep(200 * time.Millisecond)
				return add(1)(tx)
			})
		},
		"a lock that is not given back": func(t *testing.T, db *pgtest.Database) error {
			holdLock(t, db.Pool)
			return add(1)(db.Gorm)
		},
		"a slow statement": func(t *testing.T, db *pgtest.Database) error {
			return db.Gorm.WithContext(t.Context()).Exec("SELECT pg_sleep(60)").Error
		},
		"a slow commit": func(t *testing.T, db *pgtest.Database) error {
			exec(t, db.Pool, `CREATE FUNCTION public.dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'`)
			exec(t, db.Pool, `CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON public.things INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.dawdle()`)
			return postgres.InTx(t.Context(), db.Gorm, nil, add(1))
		},
		"a transaction that takes too long": func(t *testing.T, db *pgtest.Database) error {
			return postgres.InTx(t.Context(), db.Gorm, nil, func(tx *gorm.DB) error {
				time.Sleep(4 * time.Second)
				return nil
			})
		},
		"no connection left for a statement": func(t *testing.T, db *pgtest.Database) error {
			exhaust(t, db.Pool)
			return db.Gorm.WithContext(t.Context()).Exec("SELECT 1").Error
		},
		"no connection left for a transaction": func(t *testing.T, db *pgtest.Database) error {
			exhaust(t, db.Pool)
			return postgres.InTx(t.Context(), db.Gorm, nil, add(1))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newDatabase(t)
			began := time.Now()

			err := fail(t, db)

			require.Error(t, err)
			require.True(t, postgres.Unavailable(err), "%T %v", errors.Unwrap(err), err)
			require.Less(t, time.Since(began), 3*time.Second+slack)
		})
	}
}

// A patient pool is for what takes long.
func TestAPoolWithoutTimeoutsHasNoBudget(t *testing.T) {
	t.Parallel()
	gdb, err := postgres.OpenGORM(open(t, newDatabase(t).DSN, postgres.Options{MaxConns: 2, NoTimeouts: true}))
	require.NoError(t, err)

	err = postgres.InTx(t.Context(), gdb, nil, func(tx *gorm.DB) error { return tx.Exec("SELECT pg_sleep(3.5)").Error })

	require.NoError(t, err)
}

// A machine that hangs, and goes on later.
func TestAServerThatHangs(t *testing.T) {
	t.Parallel()
	server := pgtest.NewOwn(t)
	pool := open(t, server.DSN(), postgres.Options{MaxConns: 4})
	exec(t, pool, "CREATE TABLE public.things (id bigint PRIMARY KEY)")

	requireEndsAndRecovers(t, pool, func() { server.Suspend(t) }, server.Resume)
}

// A network that drops everything, and what was sent meanwhile never arrives.
func TestANetworkThatDropsEverything(t *testing.T) {
	t.Parallel()
	dsn := newDatabase(t).DSN
	network := pgtest.Forward(t, dsn)
	pool := open(t, pgtest.Through(t, dsn, network.Address()), postgres.Options{MaxConns: 4})

	requireEndsAndRecovers(t, pool, network.Blackhole, network.Restore)
}

// requireEndsAndRecovers fills the pool with what doesn't get an answer, some of it in the middle of a transaction.
func requireEndsAndRecovers(t *testing.T, pool *pgxpool.Pool, silence, heal func()) {
	t.Helper()
	gdb, err := postgres.OpenGORM(pool)
	require.NoError(t, err)
	ask := func() error { return gdb.WithContext(t.Context()).Exec("SELECT 1").Error }
	const waiting = 8
	var all errgroup.Group
	for range waiting {
		all.Go(ask)
	}
	require.NoError(t, all.Wait(), "the pool is full of connections")

	failed := make(chan error, 1+waiting)
	began := time.Now()
	failed <- postgres.InTx(t.Context(), gdb, nil, func(tx *gorm.DB) error {
		require.NoError(t, add(1)(tx))
		silence()
		began = time.Now()
		for range waiting {
			go func() { failed <- ask() }()
		}
		return add(2)(tx)
	})
	for range 1 + waiting {
		err := <-failed
		require.True(t, postgres.Unavailable(err), "%v", err)
	}
	require.Less(t, time.Since(began), 3*time.Second+slack)

	heal()
	back := time.Now()

	require.Eventually(t, func() bool { return ask() == nil }, time.Minute, 10*time.Millisecond)
	t.Logf("back after %v", time.Since(back))
	require.Less(t, time.Since(back), 5*time.Second+slack)
	var kept int
	require.NoError(t, pool.QueryRow(t.Context(), "SELECT count(*) FROM public.things").Scan(&kept))
	require.Zero(t, kept, "nothing of a transaction that was cut")
}

func exec(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) {
	t.Helper()
	_, err := pool.Exec(t.Context(), sql, args...)
	require.NoError(t, err)
}

// holdLock keeps the table to itself until the test ends.
func holdLock(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	tx, err := pool.Begin(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	_, err = tx.Exec(t.Context(), "LOCK TABLE public.things IN ACCESS EXCLUSIVE MODE")
	require.NoError(t, err)
}

// exhaust takes all connections until the test ends.
func exhaust(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	for range pool.Config().MaxConns {
		conn, err := pool.Acquire(t.Context())
		require.NoError(t, err)
		t.Cleanup(conn.Release)
	}
}
