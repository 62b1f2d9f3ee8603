package testbed

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

//go:embed locations.sql
var locationsSQL string

// Locations makes sure that a database has so many locations, each with stock of everything, and returns their ids.
func (l *Testbed) Locations(ctx context.Context, database string, locations int) (ids []uuid.UUID, err error) {
	err = l.Conn(ctx, database, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, fmt.Sprintf(`SET bench.locations = '%d'`, locations)); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, locationsSQL+withoutLimits); err != nil {
			return err
		}
		rows, err := conn.Query(ctx, `SELECT l.id FROM public.locations AS l ORDER BY l.created_at, l.id LIMIT $1`, locations)
		if err != nil {
			return err
		}
		ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make %d locations: %w", locations, err)
	}
	return ids, nil
}
