package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Application is the name under which refreshes and builds connect. They look at the database as it was long ago, but write
// no table that a model follows and read no model's view: a build needn't wait for them.
const Application = "pizzeria maintenance"

// awaitBarrier waits until no transaction is left that sees the database as it was before the generation's last step.
func (b *Builder) awaitBarrier(ctx context.Context, g Generation) error {
	told := time.Now()
	for {
		holder, err := b.holderOf(ctx, g)
		if err != nil {
			return fmt.Errorf("look for transactions from before: %w", err)
		}
		if holder == "" {
			return nil
		}
		if time.Since(told) > tellEvery {
			told = time.Now()
			b.Log.InfoContext(ctx, "building a read model waits for a transaction", "generation", g.Name(), "of", holder)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// holderOf names a session, or prepared transaction, from before the barrier; "" if there is none. Sessions of other roles
// are seen only by roles that may (pg_read_all_stats).
func (b *Builder) holderOf(ctx context.Context, g Generation) (string, error) {
	rows, err := b.Pool.Query(ctx, `
		WITH barrier AS (
			SELECT age(g.barrier::xid) AS age FROM readmodel.generations AS g WHERE g.model = $1 AND g.number = $2
		)
		SELECT 'process ' || a.pid || ' (' || a.application_name || ')'
		FROM pg_catalog.pg_stat_activity AS a, barrier AS b
		WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()
			AND a.backend_type = 'client backend' AND a.application_name <> $3
			AND greatest(age(a.backend_xmin), age(a.backend_xid)) >= b.age
		UNION ALL
		SELECT 'prepared transaction ' || p.gid
		FROM pg_catalog.pg_prepared_xacts AS p, barrier AS b
		WHERE p.database = pg_catalog.current_database() AND age(p.transaction) >= b.age
		LIMIT 1`, g.Model, g.Number, Application)
	if err != nil {
		return "", err
	}
	return firstName(rows)
}

// firstName returns the first row; "" if there is none.
func firstName(rows pgx.Rows) (string, error) {
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
