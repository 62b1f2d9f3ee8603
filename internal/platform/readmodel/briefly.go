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

// briefly runs work in a transaction that doesn't wait long for a lock, again and again until it gets all that it needs.
func briefly(ctx context.Context, pool *pgxpool.Pool, work func(tx pgx.Tx) error) error {
	timeout := firstLockTimeout
	for tries := 0; ; tries++ {
		err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, fmt.Sprintf("SET LOCAL lock_timeout = %d", timeout.Milliseconds())); err != nil {
				return fmt.Errorf("limit the wait for locks: %w", err)
			}
			return work(tx)
		})
		if err == nil && tries > 0 {
			return pause(ctx, rest)
		}
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || (refused.Code != "55P03" && refused.Code != "40P01") {
			return err
		}
		if err := pause(ctx, lockPause(tries)); err != nil {
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
