package readmodel

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// use points the model's views at the generation. The one in use before is retired, and kept exact until it is dropped.
func (b *Builder) use(ctx context.Context, _ Definition, g Generation) (State, error) {
	// A filled snapshot is seen, as it is now, by transactions older than itself too: they would see it beside the fresh
	// level of before.
	if err := b.awaitBarrier(ctx, g); err != nil {
		return "", err
	}
	err := b.briefly(ctx, func(tx pgx.Tx) error { return point(ctx, tx, g, g.State == Retired) })
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == "42P16" {
		return "", fmt.Errorf("its columns are not those that are there, with others behind: %w", err)
	}
	return InUse, err
}

// point points the views; anew where the generation may have fewer columns than the one in use.
func point(ctx context.Context, tx pgx.Tx, g Generation, anew bool) error {
	if _, err := tx.Exec(ctx, `SELECT readmodel.point_views($1, $2, $3)`, g.Model, g.Name(), anew); err != nil {
		return fmt.Errorf("point the views at %s: %w", g.Name(), err)
	}
	_, err := tx.Exec(ctx, `UPDATE readmodel.generations AS g SET state = $2 WHERE g.model = $1 AND g.state = $3`, g.Model, Retired, InUse)
	if err != nil {
		return fmt.Errorf("retire the generation before %s: %w", g.Name(), err)
	}
	return reach(ctx, tx, g, InUse)
}
