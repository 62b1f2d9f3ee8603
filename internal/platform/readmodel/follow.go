package readmodel

import (
	"cmp"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// follow gives the tables that the definition reads their triggers: from the last commit on every change is written to the
// generation too. The locks make it complete: who had written before holds one until he has committed. One table at a time,
// so that it needs to wait for few; what is written until the last has its triggers is in the first snapshot.
func (b *Builder) follow(ctx context.Context, d Definition, g Generation) (State, error) {
	for _, f := range d.Follows {
		err := b.withTable(ctx, g, f.Table, toFollow, func(tx pgx.Tx) error { return createTriggers(ctx, tx, g, f) })
		if err != nil {
			return "", fmt.Errorf("follow %s: %w", f.Table, err)
		}
	}
	return Followed, pgx.BeginFunc(ctx, b.Pool, func(tx pgx.Tx) error { return reach(ctx, tx, g, Followed) })
}

// createTriggers does nothing if a builder that was killed has done it.
func createTriggers(ctx context.Context, tx pgx.Tx, g Generation, f Follow) error {
	var there bool
	err := tx.QueryRow(ctx, `SELECT $2::text::regclass IN (SELECT readmodel.tables_followed($1))`, g.Name(), f.Table).Scan(&there)
	if err != nil || there {
		return err
	}
	claim := ""
	if f.Claim != nil {
		err := tx.QueryRow(ctx, `SELECT readmodel.claim($1::text::regclass, $2, $3)`, f.Claim.Table, f.Claim.Key, f.Claim.By).Scan(&claim)
		if err != nil {
			return fmt.Errorf("write its claim: %w", err)
		}
	}
	if g.Kind == Row {
		_, err := tx.Exec(ctx, `SELECT readmodel.follow_by_key($1, $2::text::regclass, $3, $4, $5, $6)`,
			g.Name(), f.Table, f.Keys, f.KeysOnUpdate, f.Condition, claim)
		return err
	}
	_, err = tx.Exec(ctx, `SELECT readmodel.follow_by_sum($1, $2::text::regclass, $3, $4, $5)`,
		g.Name(), f.Table, claim, cmp.Or(f.Condition, "true"), cmp.Or(f.Lookup, "true"))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `SELECT readmodel.keep_statements_apart($1::text::regclass)`, f.Table)
	return err
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
