package readmodel

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How long a step waits for a lock, and so how long commands may wait behind it: at first, and at last, if it isn't had. Both
// are below Postgres's deadlock_timeout of one second, so that a command is never the victim.
const (
	firstLockTimeout = 150 * time.Millisecond
	lastLockTimeout  = 600 * time.Millisecond
)

// rest is the time after a lock that had to be waited for: those whom the tries held up go first, before the next table is locked.
const rest = time.Second

// setLockTimeout has a transaction wait for locks no longer than that. An autovacuum of the table gives way to who has waited for
// deadlock_timeout, which only some roles may shorten; unless it prevents wraparound.
const setLockTimeout = `
	SELECT pg_catalog.set_config('lock_timeout', $1, true)
	UNION ALL
	SELECT pg_catalog.set_config('deadlock_timeout', '50ms', true)
	WHERE pg_catalog.has_parameter_privilege('deadlock_timeout', 'SET')`

// tries are how a lock is tried for.
type tries struct {
	before func(ctx context.Context) error // each of them; nil: nothing
	most   int                             // 0: until it is had
}

// errBusy is why a lock that isn't insisted on wasn't had.
var errBusy = errors.New("others work with the table")

// briefly runs work in a transaction that doesn't wait long for a lock, again and again until it gets all that it needs.
func briefly(ctx context.Context, pool *pgxpool.Pool, work func(tx pgx.Tx) error) error {
	return tries{}.briefly(ctx, pool, work)
}

func (t tries) briefly(ctx context.Context, pool *pgxpool.Pool, work func(tx pgx.Tx) error) error {
	timeout := firstLockTimeout
	for failed := 0; ; {
		if t.before != nil {
			if err := t.before(ctx); err != nil {
				return err
			}
		}
		err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, setLockTimeout, fmt.Sprintf("%dms", timeout.Milliseconds())); err != nil {
				return fmt.Errorf("limit the wait for locks: %w", err)
			}
			return work(tx)
		})
		if err == nil && failed > 0 {
			return pause(ctx, rest)
		}
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || (refused.Code != "55P03" && refused.Code != "40P01") {
			return err
		}
		if failed++; failed == t.most {
			return errBusy
		}
		if err := pause(ctx, lockPause(failed-1)); err != nil {
			return err
		}
		timeout = min(timeout*5/4, lastLockTimeout)
	}
}

// lockPause lets those by who were kept waiting, of random length. Who has the lock after many tries reads the table for
// long, a refresh or a dump: then each try stops commands, and there had better be few.
func lockPause(tries int) time.Duration {
	shortest := min(100*time.Millisecond<<min(tries/3, 10), 2*time.Second)
	return shortest + rand.N(4*shortest)
}
