package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Unreadable lists the models whose views in use can't be read by the builder's definitions: a newer program took columns
// away. What an older one took away by going back to its own is no reason: Run brings it again.
func (b *Builder) Unreadable(ctx context.Context) ([]string, error) {
	var names []string
	for _, d := range b.Definitions {
		names = append(names, d.Name)
	}
	rows, err := b.Pool.Query(ctx, `
		SELECT d.model
		FROM unnest($1::text[], $2::text[]) AS d (model, hash)
		JOIN readmodel.generations AS used ON used.model = d.model AND used.state = 'in_use'
		CROSS JOIN LATERAL (
			SELECT min(g.number) AS first, max(g.number) AS last
			FROM readmodel.generations AS g
			WHERE g.model = d.model AND g.hash = d.hash
		) AS own
		WHERE EXISTS (
			SELECT
			FROM readmodel.generations AS breaking
			WHERE breaking.model = d.model AND breaking.breaks AND breaking.number <= used.number AND breaking.number > own.last
				AND own.first < (
					SELECT min(g.number) FROM readmodel.generations AS g WHERE g.model = breaking.model AND g.hash = breaking.hash
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
