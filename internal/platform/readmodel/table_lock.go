package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// tableLock is a mode in which a table is locked that commands write.
type tableLock string

const (
	// toFollow stops who writes, for a moment.
	toFollow tableLock = "SHARE ROW EXCLUSIVE"
	// toLeave stops who reads, too.
	toLeave tableLock = "ACCESS EXCLUSIVE"
)

const (
	// heldForLong is the age of a transaction that won't let go of a table soon: a refresh, a dump, an autovacuum. Commands end
	// before.
	heldForLong = 2 * time.Second
	// lookEvery is the time between two looks whether it has let go.
	lookEvery = 500 * time.Millisecond
	// triesNow is how often a lock is tried for that isn't insisted on: for some seconds.
	triesNow = 8
)

// withTable does work under a lock on a table. It isn't tried for while somebody holds the table for long: commands would queue
// behind each try, and none could succeed. To follow a table it waits; what is to leave it can be done later, and ends with
// errBusy then, or after a few tries.
func (b *Builder) withTable(ctx context.Context, g Generation, table string, mode tableLock, work func(tx pgx.Tx) error) error {
	t := tries{before: func(ctx context.Context) error { return b.awaitHolder(ctx, g, table, mode) }}
	if mode == toLeave {
		t.most = triesNow
	}
	return t.briefly(ctx, b.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "LOCK TABLE "+table+" IN "+string(mode)+" MODE"); err != nil {
			return err
		}
		return work(tx)
	})
}

func (b *Builder) awaitHolder(ctx context.Context, g Generation, table string, mode tableLock) error {
	told := time.Now()
	for {
		holder, err := b.holderOfTable(ctx, table, mode)
		switch {
		case err != nil:
			return fmt.Errorf("look who holds %s: %w", table, err)
		case holder == "":
			return nil
		case mode == toLeave:
			return errBusy
		}
		if time.Since(told) > tellEvery {
			told = time.Now()
			b.Log.InfoContext(ctx, "a read model waits for a table", "generation", g.Name(), "table", table, "held_by", holder)
		}
		if err := pause(ctx, lookEvery); err != nil {
			return err
		}
	}
}

// holderOfTable names a session that has held the table for long, in a way that the lock must wait for; "" if there is none.
// That of an autovacuum doesn't count where it gives way (setLockTimeout). When others' transactions began is seen only by
// roles that may (pg_read_all_stats); the others try, and wait.
func (b *Builder) holderOfTable(ctx context.Context, table string, mode tableLock) (string, error) {
	rows, err := b.Pool.Query(ctx, `
		SELECT 'process ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), a.backend_type) || ')'
		FROM pg_catalog.pg_locks AS l
		JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
		WHERE l.locktype = 'relation' AND l.relation = $1::text::regclass AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
			AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
			AND a.xact_start < pg_catalog.clock_timestamp() - $2::interval
			AND ($3 OR l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
			AND NOT (
				a.backend_type = 'autovacuum worker' AND a.query NOT LIKE '%(to prevent wraparound)'
				AND pg_catalog.has_parameter_privilege('deadlock_timeout', 'SET')
			)
		LIMIT 1`, table, heldForLong, mode == toLeave)
	if err != nil {
		return "", err
	}
	return firstName(rows)
}
