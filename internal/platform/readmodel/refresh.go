package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Refresh brings a model's snapshot up to date and sweeps what it now contains out of the fresh level; it returns the
// number of rows swept. It waits until no other server refreshes the model, and takes as long as computing the whole
// definition, while readers and writers go on: the pool must be Patient. Stopped half way it leaves the view exact.
func Refresh(ctx context.Context, pool *pgxpool.Pool, m Model) (swept int64, err error) {
	err = withConn(ctx, pool, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, `SELECT pg_catalog.pg_advisory_lock(`+lockKey+`)`, m.Name); err != nil {
			return fmt.Errorf("wait for other refreshes: %w", err)
		}
		swept, err = refreshLocked(ctx, conn, m)
		return err
	})
	if err != nil {
		return swept, fmt.Errorf("refresh %s: %w", m.Name, err)
	}
	return swept, nil
}

// TryRefresh is Refresh, but does nothing and returns false if the model is being refreshed already.
func TryRefresh(ctx context.Context, pool *pgxpool.Pool, m Model) (swept int64, ran bool, err error) {
	ran, err = tryLocked(ctx, pool, m, func(conn *pgx.Conn) error {
		swept, err = refreshLocked(ctx, conn, m)
		return err
	})
	if err != nil {
		return swept, ran, fmt.Errorf("refresh %s: %w", m.Name, err)
	}
	return swept, ran, nil
}

// TryCompact adds up the contributions to a sum that are not in its snapshot yet, so that each group has one row of them.
// A few groups that change all the time then need no refresh, which reads the whole history. It does nothing if the model
// is being refreshed: what the snapshot in the making contains already must not be mixed with what it lacks.
func TryCompact(ctx context.Context, pool *pgxpool.Pool, m Model) (ran bool, err error) {
	ran, err = tryLocked(ctx, pool, m, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `SELECT readmodel.compact($1)`, m.Name)
		return err
	})
	if err != nil {
		return ran, fmt.Errorf("compact %s: %w", m.Name, err)
	}
	return ran, nil
}

// tryLocked does work on the model, unless somebody else is at it.
func tryLocked(ctx context.Context, pool *pgxpool.Pool, m Model, work func(*pgx.Conn) error) (ran bool, err error) {
	err = withConn(ctx, pool, func(conn *pgx.Conn) error {
		err := conn.QueryRow(ctx, `SELECT pg_catalog.pg_try_advisory_lock(`+lockKey+`)`, m.Name).Scan(&ran)
		if err != nil {
			return fmt.Errorf("see whether others refresh: %w", err)
		}
		if !ran {
			return nil
		}
		return work(conn)
	})
	return ran, err
}

// lockKey makes a model's name the key of a lock that lasts as long as the session.
const lockKey = `pg_catalog.hashtextextended('readmodel:' || $1, 0)`

// withConn lends a connection of the pool and takes back any lock that work left on it.
func withConn(ctx context.Context, pool *pgxpool.Pool, work func(*pgx.Conn) error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release() // a connection that broke is closed, which gives its locks back too
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		_, _ = conn.Exec(ctx, `SELECT pg_catalog.pg_advisory_unlock_all()`)
	}()
	return work(conn.Conn())
}

func refreshLocked(ctx context.Context, conn *pgx.Conn, m Model) (swept int64, err error) {
	taken, err := renewSnapshot(ctx, conn, m)
	if err != nil {
		return 0, err
	}
	if swept, err = sweep(ctx, conn, m, taken); err != nil {
		return swept, err
	}
	// The planner, and the refresher's threshold, go by the number of rows; a first fill would change it unnoticed.
	if _, err := conn.Exec(ctx, `ANALYZE `+m.relation("snapshot")); err != nil {
		return swept, fmt.Errorf("analyze: %w", err)
	}
	return swept, nil
}

// considerately leaves the processor to commands: a refresh of rows rests between them, most of the time, and one of sums
// is at least done by one process. The new snapshot is compared with the old one in as much memory as maintenance, or any
// statement, may have, and in 64 MB at least: what doesn't fit goes through the disk, for which commands wait.
const considerately = `
	SET LOCAL readmodel.pace = 'on';
	SET LOCAL max_parallel_workers_per_gather = 0;
	SELECT pg_catalog.set_config('work_mem', greatest(max(s.setting::integer), 65536) || 'kB', true)
	FROM pg_catalog.pg_settings AS s
	WHERE s.name IN ('maintenance_work_mem', 'work_mem')`

// renewSnapshot computes the snapshot anew and returns what it contains. All of it happens in one view of the database,
// and readers see the new content and its description together: for sums both are one truth.
func renewSnapshot(ctx context.Context, conn *pgx.Conn, m Model) (taken string, err error) {
	err = pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, considerately); err != nil {
			return fmt.Errorf("set pace: %w", err)
		}
		if err := tx.QueryRow(ctx, `SELECT pg_catalog.pg_current_snapshot()::text`).Scan(&taken); err != nil {
			return fmt.Errorf("take snapshot: %w", err)
		}
		if _, err := tx.Exec(ctx, `REFRESH MATERIALIZED VIEW CONCURRENTLY `+m.relation("snapshot")); err != nil {
			return fmt.Errorf("compute snapshot: %w", err)
		}
		_, err := tx.Exec(ctx, `
			UPDATE readmodel.models AS m
			SET snapshot = $2::text::pg_catalog.pg_snapshot, refreshed_at = pg_catalog.now()
			WHERE m.name = $1`, m.Name, taken)
		if err != nil {
			return fmt.Errorf("record snapshot: %w", err)
		}
		return nil
	})
	return taken, err
}
