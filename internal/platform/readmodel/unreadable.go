package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Unreadable lists the models whose views in use can't be read by the builder's definitions: a newer program took columns
// away.
func (b *Builder) Unreadable(ctx context.Context) ([]string, error) {
	var names []string
	for _, d := range b.Definitions {
		names = append(names, d.Name)
	}
	rows, err := b.Pool.Query(ctx, `
		SELECT d.model
		FROM unnest($1::text[], $2::text[]) AS d (model, hash)
		JOIN readmodel.generations AS used ON used.model = d.model AND used.state = 'in_use'
		WHERE EXISTS (
			SELECT
			FROM readmodel.generations AS breaking
			WHERE breaking.model = d.model AND breaking.breaks AND breaking.number <= used.number AND breaking.number > (
				SELECT max(own.number) FROM readmodel.generations AS own WHERE own.model = d.model AND own.hash = d.hash
			)
		)
		ORDER BY d.model`, names, b.Hashes())
	if err != nil {
		return nil, fmt.Errorf("look which read models can be read: %w", err)
	}
	broken, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("look which read models can be read: %w", err)
	}
	return broken, nil
}
