package events

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// logTable is where events are.
const logTable = "public.events"

// firstXID is the number of the first transaction that any cluster had: every snapshot shows what it wrote.
const firstXID = 3

// renumbered is how many events one transaction moves.
const renumbered = 5_000

// Renumber moves the numbers of transactions in a log that was written in another cluster behind the present, so that nobody
// takes an old event for a new one. Nobody may follow the log meanwhile, or go on from a cursor of the other cluster. The log's
// triggers, which forbid to change it, are off only within the transactions that do this; the database's role must own the
// table.
func Renumber(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) error {
	var present string
	if err := pool.QueryRow(ctx, `SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text`).Scan(&present); err != nil {
		return fmt.Errorf("look which transactions are over: %w", err)
	}
	total := int64(0)
	for {
		moved, err := renumberSome(ctx, pool, present)
		if err != nil {
			return fmt.Errorf("renumber events: %w", err)
		}
		if total += moved; moved == 0 {
			log.InfoContext(ctx, "renumbered events", "events", total)
			return nil
		}
	}
}

func renumberSome(ctx context.Context, pool *pgxpool.Pool, present string) (moved int64, err error) {
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "ALTER TABLE "+logTable+" DISABLE TRIGGER USER"); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			UPDATE `+logTable+` AS e
			SET xid = $1::text::pg_catalog.xid8
			WHERE e.position IN (SELECT n.position FROM `+logTable+` AS n WHERE n.xid >= $2::text::pg_catalog.xid8 LIMIT $3)`,
			fmt.Sprint(firstXID), present, renumbered)
		if err != nil {
			return err
		}
		moved = tag.RowsAffected()
		_, err = tx.Exec(ctx, "ALTER TABLE "+logTable+" ENABLE TRIGGER USER")
		return err
	})
	return moved, err
}
