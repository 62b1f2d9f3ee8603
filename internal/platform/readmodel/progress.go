package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// rowsACount is how many rows readmodel.pace passes, on average, between two times that it counts.
const rowsACount = 20

// restart sets the count of rows done to zero, for all sessions at once.
func restart(ctx context.Context, conn *pgx.Conn, sequence string) error {
	if _, err := conn.Exec(ctx, `SELECT pg_catalog.setval($1::text::regclass, 1, false)`, sequence); err != nil {
		return fmt.Errorf("restart the count of rows: %w", err)
	}
	return nil
}

// countProgress has the transaction's calls of readmodel.pace counted in the sequence named; "" is none.
func countProgress(ctx context.Context, tx pgx.Tx, sequence string) error {
	if _, err := tx.Exec(ctx, `SELECT pg_catalog.set_config('readmodel.progress', $1, true)`, sequence); err != nil {
		return fmt.Errorf("count rows: %w", err)
	}
	return nil
}

// Progress is how far a step of building a generation is.
type Progress struct {
	Done int64 // rows, counted by sampling
	Of   int64 // rows that the generation in use has, as Postgres estimates them; 0 if there is none
}

// share returns how much is done, from 0 to 1; 0 if that isn't known.
func (p Progress) share() float64 {
	if p.Of <= 0 {
		return 0
	}
	return min(1, float64(p.Done)/float64(p.Of))
}

// progressOf looks how far the step under way is. Sums don't count: they are filled in seconds.
func progressOf(ctx context.Context, db Querier, g Generation) (p Progress, err error) {
	rows, err := db.Query(ctx, fmt.Sprintf(`
		SELECT
			$1 * CASE WHEN s.is_called THEN s.last_value ELSE 0 END,
			coalesce(
				(
					SELECT greatest(c.reltuples, 0)::bigint
					FROM readmodel.models AS m
					JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(format('readmodel.%%I', m.name || '_' || m.generation || '_snapshot'))
					WHERE m.name = $2
				), 0)
		FROM %s AS s`, g.relation("progress")), rowsACount, g.Model)
	if err != nil {
		return p, fmt.Errorf("look how far %s is: %w", g.Name(), err)
	}
	p, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Progress])
	if err != nil {
		return p, fmt.Errorf("look how far %s is: %w", g.Name(), err)
	}
	return p, nil
}
