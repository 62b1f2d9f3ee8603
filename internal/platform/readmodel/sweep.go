package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// sweepBlocks is how much of the fresh level one transaction sweeps, in blocks of 8 kB. A writer whose key is being swept
// waits for that transaction.
const sweepBlocks = 512

// sweep deletes the fresh rows that the snapshot contains. A row that was rewritten since carries the newer
// transaction's number, wherever it went, and stays; one that is being rewritten is passed by, since waiting for it with
// others already deleted could end in a deadlock with its writer. Rows that this, or a crash, leaves replace equal ones,
// or no longer count, until the next sweep.
func sweep(ctx context.Context, conn *pgx.Conn, g Generation, taken string) (swept int64, err error) {
	blocks, err := freshBlocks(ctx, conn, g)
	if err != nil {
		return 0, err
	}
	for from := uint32(0); from < blocks; from += sweepBlocks {
		deleted, err := conn.Exec(ctx, fmt.Sprintf(`
			DELETE FROM %[1]s AS f
			WHERE f.ctid = ANY (ARRAY(
				SELECT r.ctid
				FROM %[1]s AS r
				WHERE r.ctid >= $2 AND r.ctid < $3
					AND pg_catalog.pg_visible_in_snapshot(r.xid, $1::text::pg_catalog.pg_snapshot)
				FOR UPDATE SKIP LOCKED
			))`,
			g.relation("fresh")), taken, start(from), start(from+sweepBlocks))
		if err != nil {
			return swept, fmt.Errorf("sweep fresh rows: %w", err)
		}
		swept += deleted.RowsAffected()
	}
	return swept, nil
}

// freshBlocks returns the size of the model's fresh level, in blocks of 8 kB.
func freshBlocks(ctx context.Context, db Querier, g Generation) (uint32, error) {
	rows, err := db.Query(ctx, `
		SELECT pg_catalog.pg_relation_size($1::text::regclass) / pg_catalog.current_setting('block_size')::bigint`, g.relation("fresh"))
	if err != nil {
		return 0, fmt.Errorf("measure what is fresh in %s: %w", g.Name(), err)
	}
	blocks, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[uint32])
	if err != nil {
		return 0, fmt.Errorf("measure what is fresh in %s: %w", g.Name(), err)
	}
	return blocks, nil
}

// start is where a block's rows begin.
func start(block uint32) pgtype.TID { return pgtype.TID{BlockNumber: block, Valid: true} }
