package server

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// WithModels has work done on the read models of a database, as this program defines them.
func WithModels(ctx context.Context, dsn string, log *slog.Logger, work func(b *readmodel.Builder) error) error {
	return withModels(ctx, dsn, ThisRelease(), log, work)
}

func withModels(ctx context.Context, dsn string, release Release, log *slog.Logger, work func(b *readmodel.Builder) error) error {
	pool, err := maintenancePool(ctx, dsn, log)
	if err != nil {
		return err
	}
	defer pool.Close()
	schema, err := postgres.NewSchema(release.Files, release.Version)
	if err == nil {
		err = schema.Check(ctx, pool)
	}
	if err != nil {
		return fmt.Errorf("the database's tables can't be worked with: %w", err)
	}
	models, err := readmodel.Open(ctx, pool, release.Files, release.Version, log)
	if err != nil {
		return err
	}
	models.Readers = readers(pool)
	return work(models)
}

// maintenancePool is for what takes long: refreshing and building read models, each generation of one on its own connection.
func maintenancePool(ctx context.Context, dsn string, log *slog.Logger) (*pgxpool.Pool, error) {
	const conns = 16
	return postgres.Connect(ctx, dsn, postgres.Options{MaxConns: conns, NoTimeouts: true, Application: readmodel.Application, Log: log})
}

// EachModel does something to the generation in use of every read model, or to the one named.
func EachModel(ctx context.Context, dsn, only string, log *slog.Logger, do func(*pgxpool.Pool, readmodel.Generation) error) error {
	return WithModels(ctx, dsn, log, func(b *readmodel.Builder) error {
		models, err := readmodel.Models(ctx, b.Pool)
		if err != nil {
			return err
		}
		if only != "" && !slices.ContainsFunc(models, func(g readmodel.Generation) bool { return g.Model == only }) {
			return fmt.Errorf("there is no read model %q", only)
		}
		for _, g := range models {
			if only == "" || g.Model == only {
				if err := do(b.Pool, g); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
