package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Difference counts the rows by which a generation's view and its definition differ. Both counts are 0 for one that is
// right.
type Difference struct {
	OnlyInView, OnlyInSource int
	// Examples are a few of those rows as text, marked with the side they are on. They hold customers' data: show them to
	// an operator who asked, don't log them.
	Examples []string
}

// None says whether view and definition are equal.
func (d Difference) None() bool { return d.OnlyInView == 0 && d.OnlyInSource == 0 }

// Verify compares a generation's view with its definition as of one instant, row by row, whatever is written meanwhile. It
// computes the whole definition, with rests: on a large history that takes as long as a refresh. The pool must be without timeouts.
func Verify(ctx context.Context, pool *pgxpool.Pool, g Generation) (d Difference, err error) {
	err = pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		d, err = verify(ctx, conn.Conn(), g, "")
		return err
	})
	if err != nil {
		return d, fmt.Errorf("verify %s: %w", g.Name(), err)
	}
	return d, nil
}

// verify counts its progress in the sequence named, if any.
func verify(ctx context.Context, conn *pgx.Conn, g Generation, progress string) (d Difference, err error) {
	if g.Kind == Plain {
		return d, nil // its view is its definition
	}
	mode := pgx.ReadOnly
	if progress != "" {
		mode = pgx.ReadWrite
	}
	err = inOneView(ctx, conn, mode, func(tx pgx.Tx, _ string) error {
		if err := countProgress(ctx, tx, progress); err != nil {
			return err
		}
		view, source := g.relation("view"), g.relation("source")
		// Digests are compared, so that each row is computed once and little is kept of it. They are of texts: json has no
		// equality, and a number's has no digits behind the point.
		err := tx.QueryRow(ctx, fmt.Sprintf(`
			SELECT
				coalesce(sum(d.surplus) FILTER (WHERE d.surplus > 0), 0)::bigint,
				coalesce(-sum(d.surplus) FILTER (WHERE d.surplus < 0), 0)::bigint
			FROM (
				SELECT sum(r.surplus) AS surplus
				FROM (
					SELECT pg_catalog.sha256(pg_catalog.convert_to(v::text, 'UTF8')) AS digest, 1 AS surplus FROM %s AS v
					UNION ALL
					SELECT pg_catalog.sha256(pg_catalog.convert_to(s::text, 'UTF8')), -1 FROM %s AS s WHERE readmodel.pace() IS NULL
				) AS r
				GROUP BY r.digest
			) AS d`, view, source)).Scan(&d.OnlyInView, &d.OnlyInSource)
		if err != nil || d.None() {
			return err
		}
		if err := d.give(ctx, tx, "only in view: ", view, source); err != nil {
			return err
		}
		return d.give(ctx, tx, "only in source: ", source, view)
	})
	return d, err
}

// give adds examples of rows that one relation has more often than the other.
func (d *Difference) give(ctx context.Context, tx pgx.Tx, mark, one, other string) error {
	const examples = 5
	rows, err := tx.Query(ctx, fmt.Sprintf(`
		SELECT d.line
		FROM (SELECT r::text FROM %s AS r EXCEPT ALL SELECT r::text FROM %s AS r) AS d (line)
		ORDER BY d.line COLLATE "C"
		LIMIT %d`, one, other, examples))
	if err != nil {
		return fmt.Errorf("look for examples: %w", err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look for examples: %w", err)
	}
	for _, line := range lines {
		d.Examples = append(d.Examples, mark+line)
	}
	return nil
}
