package readmodel

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Drop removes a generation that isn't in use: its number and hash remain. It waits until nobody refreshes the generation, nor
// works for long with a table that it follows. Killed half way, it goes on when it is called again; the generation isn't exact
// from its first step on.
func (b *Builder) Drop(ctx context.Context, g Generation) error {
	if g.State == InUse {
		return fmt.Errorf("drop %s: it is in use", g.Name())
	}
	for {
		if done, err := b.tryDrop(ctx, g); done || err != nil {
			return err
		}
		if err := pause(ctx, lookEvery); err != nil {
			return fmt.Errorf("drop %s: %w", g.Name(), err)
		}
	}
}

// tryDrop is Drop, but returns false where that would wait: with nothing done while the generation is being refreshed, and half
// done while others work with a table that it follows. An hour of theirs must not keep models from being built.
func (b *Builder) tryDrop(ctx context.Context, g Generation) (done bool, err error) {
	l, err := tryLock(ctx, b.Pool, g.Name())
	if err != nil || l == nil {
		return false, err
	}
	defer l.release(ctx)
	return b.drop(ctx, g)
}

// dropAbandoned drops a generation that a builder left. What can't be dropped now, because others work with the tables,
// DropUnneeded takes away.
func (b *Builder) dropAbandoned(ctx context.Context, g Generation) error {
	l, err := awaitLock(ctx, b.Pool, g.Name())
	if err != nil {
		return fmt.Errorf("drop %s: %w", g.Name(), err)
	}
	defer l.release(ctx)
	_, err = b.drop(ctx, g)
	return err
}

// drop returns false if others work with what it must lock. The generation's lock is the caller's.
func (b *Builder) drop(ctx context.Context, g Generation) (done bool, err error) {
	// Nothing is written to it from here on, or commands would fail when its fresh level is gone. As long as somebody reads
	// the tables, a refresh for instance, the lock to drop the triggers can't be had: from here on refreshes wait (replacedFactor).
	err = briefly(ctx, b.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT readmodel.stop_following($1)`, g.Name()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM readmodel.sum_tables AS t WHERE t.model = $1 AND t.generation = $2`, g.Model, g.Number); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE readmodel.generations AS g SET state = $3 WHERE g.model = $1 AND g.number = $2`,
			g.Model, g.Number, Dropping)
		return err
	})
	if err == nil {
		err = b.dropTriggers(ctx, g)
	}
	if err == nil {
		err = tries{most: triesNow}.briefly(ctx, b.Pool, func(tx pgx.Tx) error { return dropRelations(ctx, tx, g) })
	}
	switch {
	case errors.Is(err, errBusy):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("drop %s: %w", g.Name(), err)
	}
	return true, nil
}

// dropTriggers locks one table at a time, so that it needs to wait for few.
func (b *Builder) dropTriggers(ctx context.Context, g Generation) error {
	rows, err := b.Pool.Query(ctx, `SELECT t::text FROM readmodel.tables_followed($1) AS t ORDER BY t::text COLLATE "C"`, g.Name())
	if err != nil {
		return fmt.Errorf("list the tables that it follows: %w", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the tables that it follows: %w", err)
	}
	for _, table := range tables {
		err := b.withTable(ctx, g, table, toLeave, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `SELECT readmodel.drop_triggers($1, $2::text::regclass)`, g.Name(), table)
			return err
		})
		if err != nil {
			return fmt.Errorf("drop its triggers on %s: %w", table, err)
		}
	}
	return nil
}

func dropRelations(ctx context.Context, tx pgx.Tx, g Generation) error {
	if _, err := tx.Exec(ctx, `SELECT readmodel.drop_relations($1)`, g.Name()); err != nil {
		return fmt.Errorf("drop its relations: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM readmodel.snapshots AS s WHERE s.model = $1 AND s.generation = $2`, g.Model, g.Number); err != nil {
		return fmt.Errorf("forget its snapshot: %w", err)
	}
	_, err := tx.Exec(ctx, `UPDATE readmodel.generations AS g SET state = $3 WHERE g.model = $1 AND g.number = $2`,
		g.Model, g.Number, Dropped)
	if err != nil {
		return fmt.Errorf("record that it is dropped: %w", err)
	}
	return nil
}
