package readmodel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// use points the model's views at the generation. The one in use before is retired, and kept exact until it is dropped.
func (b *Builder) use(ctx context.Context, d Definition, g Generation) (State, error) {
	// A filled snapshot is seen, as it is now, by transactions older than itself too: they would see it beside the fresh
	// level of before.
	if err := b.awaitBarrier(ctx, g); err != nil {
		return "", err
	}
	anew := g.State == Retired
	defer b.waits.forget(g.Model)
	for {
		err := briefly(ctx, b.Pool, func(tx pgx.Tx) error { return point(ctx, tx, g, anew) })
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "42P16" {
			if err == nil {
				err = b.tell(ctx, d, g)
			}
			return InUse, err
		}
		// Columns of before are missing, or have another type.
		readers, err := b.readers(ctx, d)
		if err != nil {
			return "", err
		}
		if anew = readers == ""; anew {
			continue
		}
		if b.waits.remember(g.Model, "it takes columns away that a server still reads: "+readers) {
			b.Log.WarnContext(ctx, "a read model takes columns away, and waits until nobody reads them", "generation", g.Name(), "readers", readers)
		}
		if err := pause(ctx, time.Second); err != nil {
			return "", err
		}
	}
}

// tell has every row computed once more, one a transaction, where something is declared to come after that: what the generation
// shows otherwise than the one before, nobody has been told. What a builder that was killed leaves untold is told when its row is
// computed next.
func (b *Builder) tell(ctx context.Context, d Definition, g Generation) error {
	if d.After == "" {
		return nil
	}
	rows, _ := b.Pool.Query(ctx, fmt.Sprintf(`SELECT r.%s FROM %s AS r`, pgx.Identifier{d.Key}.Sanitize(), d.Root))
	keys, err := pgx.CollectRows(rows, pgx.RowTo[any])
	if err != nil {
		return fmt.Errorf("list the rows of %s: %w", g.Name(), err)
	}
	compute := `SELECT ` + pgx.Identifier{"readmodel", g.Name() + "_compute"}.Sanitize() + `($1)`
	for _, key := range keys {
		err := briefly(ctx, b.Pool, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, compute, key)
			return err
		})
		if err != nil {
			return fmt.Errorf("tell what %s shows: %w", g.Name(), err)
		}
	}
	return nil
}

// readers names the servers at work that read the model by another definition.
func (b *Builder) readers(ctx context.Context, d Definition) (string, error) {
	if b.Readers == nil {
		return "", nil
	}
	return b.Readers(ctx, d)
}

// point points the views; anew where the generation may have fewer columns than the one in use: then nobody can read them by
// an earlier definition any more.
func point(ctx context.Context, tx pgx.Tx, g Generation, anew bool) error {
	if _, err := tx.Exec(ctx, `SELECT readmodel.point_views($1, $2, $3)`, g.Model, g.Name(), anew); err != nil {
		return fmt.Errorf("point the views at %s: %w", g.Name(), err)
	}
	_, err := tx.Exec(ctx, `UPDATE readmodel.generations AS g SET state = $2 WHERE g.model = $1 AND g.state = $3`, g.Model, Retired, InUse)
	if err != nil {
		return fmt.Errorf("retire the generation before %s: %w", g.Name(), err)
	}
	if anew && g.State != Retired {
		_, err := tx.Exec(ctx, `UPDATE readmodel.generations AS g SET breaks = true WHERE g.model = $1 AND g.number = $2`, g.Model, g.Number)
		if err != nil {
			return fmt.Errorf("record what %s takes away: %w", g.Name(), err)
		}
	}
	return reach(ctx, tx, g, InUse)
}
