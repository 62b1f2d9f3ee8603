package server

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// EachModel does something to every read model of the database, or to the one named.
func EachModel(ctx context.Context, dsn, only string, log *slog.Logger, do func(*pgxpool.Pool, readmodel.Model) error) error {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 2, Patient: true, Log: log})
	if err != nil {
		return err
	}
	defer pool.Close()
	models, err := readmodel.Models(ctx, pool)
	if err != nil {
		return err
	}
	if only != "" && !slices.ContainsFunc(models, func(m readmodel.Model) bool { return m.Name == only }) {
		return fmt.Errorf("there is no read model %q", only)
	}
	for _, m := range models {
		if only == "" || m.Name == only {
			if err := do(pool, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// Seed adds the demo shop and its accounts to the database.
func Seed(ctx context.Context, dsn string, log *slog.Logger) error {
	s := &Server{log: log}
	defer s.close()
	_, db, err := s.connect(ctx, dsn, postgres.Options{MaxConns: 4, Patient: true, Log: log})
	if err != nil {
		return err
	}
	return app.Seed(ctx, db, now)
}
