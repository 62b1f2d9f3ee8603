package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Renewed tells whether no read model keeps anything that was so before the time given, by the database's clock: each snapshot has
// been taken since, or is all there is.
func Renewed(ctx context.Context, db *pgxpool.Pool, since time.Time) (bool, error) {
	all, err := Generations(ctx, db)
	if err != nil {
		return false, err
	}
	for _, g := range all {
		if !g.exact() {
			continue
		}
		var renewed bool
		err := db.QueryRow(ctx, `
			SELECT s.refreshed_at > $3 OR NOT EXISTS (SELECT FROM `+g.relation("fresh")+`)
			FROM readmodel.snapshots AS s
			WHERE s.model = $1 AND s.generation = $2`, g.Model, g.Number, since).Scan(&renewed)
		if err != nil {
			return false, fmt.Errorf("ask how old the snapshot of %s is: %w", g.Name(), err)
		}
		if !renewed {
			return false, nil
		}
	}
	return true, nil
}
