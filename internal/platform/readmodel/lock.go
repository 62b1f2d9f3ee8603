package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// lockEvery is the time between two tries to get a lock that another session has. A session that waits in a statement would
// hold a snapshot, for which the builder waits in turn.
const lockEvery = 250 * time.Millisecond

// lock holds an advisory lock of the database: a session's, which is idle meanwhile, and which ends with it.
type lock struct {
	conn *pgxpool.Conn
	key  string
}

// tryLock takes the lock of a name, and returns nil if another session has it.
func tryLock(ctx context.Context, pool *pgxpool.Pool, thing string) (*lock, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", thing, err)
	}
	var got bool
	err = conn.QueryRow(ctx, `SELECT pg_catalog.pg_try_advisory_lock(`+lockKey+`)`, thing).Scan(&got)
	if err != nil || !got {
		conn.Release()
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w", thing, err)
		}
		return nil, nil
	}
	return &lock{conn, thing}, nil
}

// awaitLock takes the lock on a thing as soon as it can be had.
func awaitLock(ctx context.Context, pool *pgxpool.Pool, thing string) (*lock, error) {
	for {
		l, err := tryLock(ctx, pool, thing)
		if l != nil || err != nil {
			return l, err
		}
		if err := pause(ctx, lockEvery); err != nil {
			return nil, fmt.Errorf("wait for the lock on %s: %w", thing, err)
		}
	}
}

// release gives the lock back. A connection that can't be asked to is closed, which does too.
func (l *lock) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTimeout)
	defer cancel()
	if _, err := l.conn.Exec(ctx, `SELECT pg_catalog.pg_advisory_unlock(`+lockKey+`)`, l.key); err != nil {
		_ = l.conn.Conn().Close(ctx)
	}
	l.conn.Release()
}

// session is the one that has the lock.
func (l *lock) session() *pgx.Conn { return l.conn.Conn() }

// lockKey makes a thing's name the key of a lock.
const lockKey = `pg_catalog.hashtextextended('readmodel:' || $1, 0)`

// pause waits, but not longer than ctx.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}
