package readmodel

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// prepare makes the relations of a new generation, empty. It locks nothing that commands write.
func (b *Builder) prepare(ctx context.Context, d Definition) (Generation, error) {
	g := Generation{Model: d.Name, Kind: d.Kind, Hash: d.Hash, State: Prepared}
	err := pgx.BeginFunc(ctx, b.Pool, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `
			INSERT INTO readmodel.generations (model, number, kind, hash, state, version)
			SELECT $1, 1 + coalesce(max(g.number), 0), $2, $3, $4, nullif($5, '') FROM readmodel.generations AS g WHERE g.model = $1
			RETURNING number`, g.Model, g.Kind, g.Hash, g.State, b.version).Scan(&g.Number)
		if err != nil {
			return fmt.Errorf("number a generation: %w", err)
		}
		if _, err := tx.Exec(ctx, "CREATE VIEW "+g.relation("source")+" AS\n"+d.Select); err != nil {
			return fmt.Errorf("define the source: %w", err)
		}
		return b.createLevels(ctx, tx, d, g)
	})
	if err != nil {
		return Generation{}, fmt.Errorf("prepare a generation: %w", err)
	}
	return g, b.stepDone(Prepared)
}

func (b *Builder) createLevels(ctx context.Context, tx pgx.Tx, d Definition, g Generation) (err error) {
	levels := []string{"snapshot", "fresh"}
	switch g.Kind {
	case Row:
		_, err = tx.Exec(ctx, `SELECT readmodel.create_rows($1, $2::text::regclass, $3, $4)`, g.Name(), d.Root, d.Key, d.After)
	case Sum:
		levels = []string{"fresh"}
		_, err = tx.Exec(ctx, `SELECT readmodel.create_sums($1, $2, $3)`, g.Model, g.Number, d.Dimensions)
		if err == nil {
			_, err = tx.Exec(ctx, `
				INSERT INTO readmodel.sum_tables (model, generation, source_table, is_root)
				SELECT $1, $2, t.name, t.nr = 1 FROM pg_catalog.unnest($3::text[]) WITH ORDINALITY AS t (name, nr)`,
				g.Model, g.Number, d.tables())
		}
	case Plain:
		_, err = tx.Exec(ctx, "CREATE VIEW "+g.relation("view")+" AS SELECT * FROM "+g.relation("source")) // its columns are fixed now
		return err
	}
	if err != nil {
		return fmt.Errorf("create levels: %w", err)
	}
	if err := requireFollowed(ctx, tx, d, g); err != nil {
		return err
	}
	for _, name := range d.indexes() {
		for _, level := range levels {
			_, err := tx.Exec(ctx, fmt.Sprintf("CREATE INDEX %s ON %s %s",
				pgx.Identifier{g.Name() + "_" + level + "_" + name}.Sanitize(), g.relation(level), d.Indexes[name]))
			if err != nil {
				return fmt.Errorf("create index %s: %w", name, err)
			}
		}
	}
	if _, err := tx.Exec(ctx, "CREATE SEQUENCE "+g.relation("progress")); err != nil {
		return fmt.Errorf("create a count: %w", err)
	}
	return nil
}

// requireFollowed fails if the definition reads a table that it doesn't follow, or follows one that it doesn't read.
func requireFollowed(ctx context.Context, tx pgx.Tx, d Definition, g Generation) error {
	var problem *string
	err := tx.QueryRow(ctx, `
		SELECT pg_catalog.string_agg(
			CASE WHEN f.relation IS NULL THEN 'it reads ' || r.relation || ', which it does not follow'
			ELSE 'it follows ' || f.relation || ', which it does not read' END, '; ')
		FROM (SELECT t::regclass FROM pg_catalog.unnest($2::text[]) AS t) AS f (relation)
		FULL JOIN readmodel.relations_read($1::text::regclass) AS r (relation) ON r.relation = f.relation
		WHERE f.relation IS NULL OR r.relation IS NULL`, g.relation("source"), d.tables()).Scan(&problem)
	if err != nil {
		return fmt.Errorf("see what the definition reads: %w", err)
	}
	if problem != nil {
		return errors.New(*problem)
	}
	return nil
}
