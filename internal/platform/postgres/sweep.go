package postgres

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Sweep deletes the old rows of a table: few at a time and with rests, so that it ends however many there are, and
// commands go on meanwhile. Several servers may sweep a table at once: they share the work.
type Sweep struct {
	Table  string        // with its schema
	Column string        // a timestamptz with an index of its own
	Keep   time.Duration // how long a row stays after that time
	Batch  int           // 0 means 5,000 rows
}

// Run deletes all that is old and returns how many rows that were. Rows that another transaction has locked are left for the next
// time. After each batch it rests for as long as the batch took.
func (s Sweep) Run(ctx context.Context, pool *pgxpool.Pool, now time.Time) (deleted int64, err error) {
	// The next batch begins where the last one ended: before it lie only index entries of rows that are gone, which Postgres
	// would walk through again as long as any snapshot is open.
	var from time.Time
	deleted, err = Repeat(ctx, func(ctx context.Context) (int64, error) {
		n, latest, err := s.batch(ctx, pool, from, now.Add(-s.Keep))
		if err == nil && n > 0 {
			from = *latest
		}
		return n, err
	})
	if err != nil {
		return deleted, fmt.Errorf("delete old rows of %s, after %d: %w", s.Table, deleted, err)
	}
	return deleted, nil
}

func (s Sweep) batch(ctx context.Context, pool *pgxpool.Pool, from, before time.Time) (deleted int64, latest *time.Time, err error) {
	ctx, cancel := Bounded(ctx)
	defer cancel()
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		// The index gives the oldest rows at once. A planner that takes the old rows for few would collect and sort them all.
		if _, err := tx.Exec(ctx, `SET LOCAL enable_sort = off`); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			WITH old AS MATERIALIZED (
				SELECT o.ctid
				FROM `+s.Table+` AS o
				WHERE o.`+s.Column+` >= $1 AND o.`+s.Column+` < $2
				ORDER BY o.`+s.Column+`
				LIMIT $3
				FOR UPDATE SKIP LOCKED
			), gone AS (
				DELETE FROM `+s.Table+` AS g
				WHERE g.ctid = ANY (ARRAY (SELECT old.ctid FROM old))
				RETURNING g.`+s.Column+` AS at
			)
			SELECT count(*), max(gone.at) FROM gone`, from, before, cmp.Or(s.Batch, 5_000)).Scan(&deleted, &latest)
	})
	return deleted, latest, err
}
