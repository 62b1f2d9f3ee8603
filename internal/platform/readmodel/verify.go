package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Beginner is a pool or a connection.
type Beginner interface {
	BeginTx(ctx context.Context, options pgx.TxOptions) (pgx.Tx, error)
}

// Difference counts the rows by which a model's view and its definition differ. Both counts are 0 for a model that is
// right.
type Difference struct {
	OnlyInView, OnlyInSource int
	// Examples are a few of those rows as text, marked with the side they are on. They hold customers' data: show them to
	// an operator who asked, don't log them.
	Examples []string
}

// None says whether view and definition are equal.
func (d Difference) None() bool { return d.OnlyInView == 0 && d.OnlyInSource == 0 }

// Verify compares a model's view with its definition as of one instant, row by row, whatever is written meanwhile. It
// computes the whole definition: on a large history that takes as long as a refresh.
func Verify(ctx context.Context, db Beginner, m Model) (Difference, error) {
	var d Difference
	tx, err := db.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return d, fmt.Errorf("verify %s: %w", m.Name, err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // there is nothing to commit

	view, source := m.relation("view"), m.relation("source")
	if d.OnlyInView, err = d.surplus(ctx, tx, "only in view: ", view, source); err != nil {
		return d, fmt.Errorf("verify %s: %w", m.Name, err)
	}
	if d.OnlyInSource, err = d.surplus(ctx, tx, "only in source: ", source, view); err != nil {
		return d, fmt.Errorf("verify %s: %w", m.Name, err)
	}
	return d, nil
}

// surplus counts the rows that this has more often than that, and keeps some as examples. It compares texts: json has no
// equality, and a number's has no digits behind the point.
func (d *Difference) surplus(ctx context.Context, tx pgx.Tx, mark, this, that string) (int, error) {
	const examples = 5
	rows, err := tx.Query(ctx, fmt.Sprintf(`
		SELECT d.line, count(*) OVER ()
		FROM (SELECT r::text FROM %s AS r EXCEPT ALL SELECT r::text FROM %s AS r) AS d (line)
		ORDER BY d.line
		LIMIT %d`, this, that, examples))
	if err != nil {
		return 0, err
	}
	var line string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&line, &count}, func() error {
		d.Examples = append(d.Examples, mark+line)
		return nil
	})
	return count, err
}
