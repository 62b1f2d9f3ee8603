package readmodel

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// follow gives the tables that the definition reads their triggers: from its commit on every change is written to the
// generation too. The lock makes it complete: who had written before holds it until he has committed.
func (b *Builder) follow(ctx context.Context, d Definition, g Generation) (State, error) {
	err := b.briefly(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lockTables(d, "SHARE ROW EXCLUSIVE")); err != nil {
			return fmt.Errorf("lock the tables to follow: %w", err)
		}
		for i, f := range d.Follows {
			if err := createTriggers(ctx, tx, g, f, i == 0); err != nil {
				return fmt.Errorf("follow %s: %w", f.Table, err)
			}
		}
		if _, err := tx.Exec(ctx, `SELECT readmodel.keep_statements_apart()`); err != nil {
			return fmt.Errorf("keep statements apart: %w", err)
		}
		return reach(ctx, tx, g, Followed)
	})
	return Followed, err
}

// lockTables locks in the order in which commands write.
func lockTables(d Definition, mode string) string {
	return "LOCK TABLE " + strings.Join(d.tables(), ", ") + " IN " + mode + " MODE"
}

func createTriggers(ctx context.Context, tx pgx.Tx, g Generation, f Follow, isRoot bool) error {
	claim := ""
	if f.Claim != nil {
		err := tx.QueryRow(ctx, `SELECT readmodel.claim($1::text::regclass, $2, $3)`, f.Claim.Table, f.Claim.Key, f.Claim.By).Scan(&claim)
		if err != nil {
			return fmt.Errorf("write its claim: %w", err)
		}
	}
	if g.Kind == Row {
		_, err := tx.Exec(ctx, `SELECT readmodel.follow_by_key($1, $2::text::regclass, $3, $4, $5)`,
			g.Name(), f.Table, f.Keys, f.KeysOnUpdate, claim)
		return err
	}
	_, err := tx.Exec(ctx, `SELECT readmodel.follow_by_sum($1, $2::text::regclass, $3, $4, $5)`,
		g.Name(), f.Table, claim, orTrue(f.Condition), orTrue(f.Lookup))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO readmodel.sum_tables (model, generation, source_table, is_root) VALUES ($1, $2, $3, $4)`,
		g.Model, g.Number, f.Table, isRoot)
	return err
}

func orTrue(condition string) string {
	if condition == "" {
		return "true"
	}
	return condition
}

// reach records a state, with the number of the transaction that brings it about, from which the next step waits.
func reach(ctx context.Context, tx pgx.Tx, g Generation, state State) error {
	moved, err := tx.Exec(ctx, `
		UPDATE readmodel.generations AS g SET state = $4, barrier = pg_catalog.pg_current_xact_id()
		WHERE g.model = $1 AND g.number = $2 AND g.state = $3`, g.Model, g.Number, g.State, state)
	if err != nil {
		return fmt.Errorf("record that %s is %s: %w", g.Name(), state, err)
	}
	if moved.RowsAffected() != 1 {
		return fmt.Errorf("%s is no longer %s", g.Name(), g.State)
	}
	return nil
}
