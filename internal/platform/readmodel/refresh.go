package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Refresh brings a generation's snapshot up to date and sweeps what it now contains out of the fresh level; it returns the
// number of rows swept. It waits until no other server refreshes the generation, and takes as long as computing the whole
// definition, while readers and writers go on: the pool must be without timeouts. Stopped half way it leaves the view exact.
func Refresh(ctx context.Context, pool *pgxpool.Pool, g Generation) (swept int64, err error) {
	if g.Kind == Plain {
		return 0, nil
	}
	l, err := awaitLock(ctx, pool, g.Name())
	if err == nil {
		defer l.release(ctx)
		swept, err = refresh(ctx, l.session(), g)
	}
	if err != nil {
		return swept, fmt.Errorf("refresh %s: %w", g.Name(), err)
	}
	return swept, nil
}

// TryRefresh is Refresh, but does nothing and returns false if the generation is being refreshed already.
func TryRefresh(ctx context.Context, pool *pgxpool.Pool, g Generation) (swept int64, ran bool, err error) {
	l, err := tryLock(ctx, pool, g.Name())
	if err == nil && l != nil {
		defer l.release(ctx)
		ran = true
		swept, err = refresh(ctx, l.session(), g)
	}
	if err != nil {
		return swept, ran, fmt.Errorf("refresh %s: %w", g.Name(), err)
	}
	return swept, ran, nil
}

// TryCompact adds up the contributions to a sum that are not in its snapshot yet, so that each group has one row of them.
// A few groups that change all the time then need no refresh, which reads the whole history. It does nothing if the sum
// is being refreshed: what the snapshot in the making contains already must not be mixed with what it lacks.
func TryCompact(ctx context.Context, pool *pgxpool.Pool, g Generation) (ran bool, err error) {
	l, err := tryLock(ctx, pool, g.Name())
	if err == nil && l != nil {
		defer l.release(ctx)
		ran = true
		_, err = l.session().Exec(ctx, `SELECT readmodel.compact($1, $2)`, g.Model, g.Number)
	}
	if err != nil {
		return ran, fmt.Errorf("compact %s: %w", g.Name(), err)
	}
	return ran, nil
}

func refresh(ctx context.Context, conn *pgx.Conn, g Generation) (swept int64, err error) {
	taken, err := renewSnapshot(ctx, conn, g)
	if err != nil {
		return 0, err
	}
	if swept, err = sweep(ctx, conn, g, taken); err != nil {
		return swept, err
	}
	return swept, analyze(ctx, conn, g)
}

// analyze tells the planner, and the refresher's threshold, the number of rows: a first fill would change it unnoticed.
func analyze(ctx context.Context, conn *pgx.Conn, g Generation) error {
	if _, err := conn.Exec(ctx, `ANALYZE `+g.relation("snapshot")); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}

// considerately leaves the processor to commands: what computes rows rests between them, most of the time, and sums are at
// least computed by one process. Snapshots are compared in as much memory as maintenance, or any statement, may have, and in
// 64 MB at least: what doesn't fit goes through the disk, for which commands wait. If the program is killed, its statement
// ends within a second, rather than go on without a client and keep its locks.
const considerately = `
	SET LOCAL readmodel.pace = 'on';
	SET LOCAL client_connection_check_interval = '1s';
	SET LOCAL max_parallel_workers_per_gather = 0;
	SELECT pg_catalog.set_config('work_mem', greatest(max(s.setting::integer), 65536) || 'kB', true)
	FROM pg_catalog.pg_settings AS s
	WHERE s.name IN ('maintenance_work_mem', 'work_mem')`

// inOneView does work that takes long, considerately, in one view of the database, and tells what that view contains.
func inOneView(ctx context.Context, conn *pgx.Conn, mode pgx.TxAccessMode, work func(tx pgx.Tx, taken string) error) error {
	return pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: mode}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, considerately); err != nil {
			return fmt.Errorf("set pace: %w", err)
		}
		var taken string
		if err := tx.QueryRow(ctx, `SELECT pg_catalog.pg_current_snapshot()::text`).Scan(&taken); err != nil {
			return fmt.Errorf("take snapshot: %w", err)
		}
		return work(tx, taken)
	})
}

// renewSnapshot computes the snapshot anew and returns what it contains. Readers see the new content and its description
// together: for sums both are one truth.
func renewSnapshot(ctx context.Context, conn *pgx.Conn, g Generation) (contents string, err error) {
	err = inOneView(ctx, conn, pgx.ReadWrite, func(tx pgx.Tx, taken string) error {
		contents = taken
		if _, err := tx.Exec(ctx, `REFRESH MATERIALIZED VIEW CONCURRENTLY `+g.relation("snapshot")); err != nil {
			return fmt.Errorf("compute snapshot: %w", err)
		}
		_, err := tx.Exec(ctx, `
			UPDATE readmodel.snapshots AS s
			SET snapshot = $3::text::pg_catalog.pg_snapshot, refreshed_at = pg_catalog.now()
			WHERE s.model = $1 AND s.generation = $2`, g.Model, g.Number, taken)
		if err != nil {
			return fmt.Errorf("record snapshot: %w", err)
		}
		return nil
	})
	return contents, err
}
