package readmodel

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Recompute makes every generation that is kept exact right again, in its place, after its numbers of transactions lost their
// meaning: those are of another cluster once a dump was restored. What was being built is dropped. Writers of what a model
// follows wait meanwhile; it is for a database that no server uses yet. The pool is without timeouts.
func Recompute(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) error {
	all, err := Generations(ctx, pool)
	if err != nil {
		return err
	}
	b := &Builder{Pool: pool, Log: log}
	for _, g := range all {
		switch {
		case slices.Contains(unfinished, g.State) || g.State == Dropping:
			err = b.Drop(ctx, g)
		case g.exact():
			err = recompute(ctx, pool, g)
		}
		if err != nil {
			return fmt.Errorf("recompute %s: %w", g.Name(), err)
		}
	}
	return nil
}

// recompute begins with the lock: a transaction that has written to the fresh level before is in the snapshot, and one
// that does so after it isn't.
func recompute(ctx context.Context, pool *pgxpool.Pool, g Generation) error {
	l, err := awaitLock(ctx, pool, g.Name())
	if err != nil {
		return err
	}
	defer l.release(ctx)
	err = pgx.BeginTxFunc(ctx, l.session(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		for _, statement := range []string{
			"LOCK TABLE " + g.relation("fresh") + " IN ACCESS EXCLUSIVE MODE",
			"TRUNCATE " + g.relation("fresh"),
			"REFRESH MATERIALIZED VIEW " + g.relation("snapshot"),
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO readmodel.snapshots AS s (model, generation, snapshot, refreshed_at)
			VALUES ($1, $2, pg_catalog.pg_current_snapshot(), pg_catalog.now())
			ON CONFLICT (model, generation) DO UPDATE SET snapshot = excluded.snapshot, refreshed_at = excluded.refreshed_at`,
			g.Model, g.Number)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			UPDATE readmodel.generations AS g SET barrier = pg_catalog.pg_current_xact_id() WHERE g.model = $1 AND g.number = $2`,
			g.Model, g.Number)
		return err
	})
	if err != nil {
		return err
	}
	return analyze(ctx, l.session(), g)
}
