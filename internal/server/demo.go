package server

import (
	"context"
	"fmt"
	"log/slog"

	"gorm.io/gorm"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// Seed adds the demo shop, with one or two locations, and its accounts to the database. In a new one it builds the read models
// first, which have no rows yet: what commands append to the log is told by them.
func Seed(ctx context.Context, dsn string, locations int, log *slog.Logger) error {
	err := WithModels(ctx, dsn, log, func(b *readmodel.Builder) error {
		built, err := readmodel.Models(ctx, b.Pool)
		if err != nil || len(built) > 0 {
			return err
		}
		return b.Run(ctx)
	})
	if err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	return withGORM(ctx, dsn, log, func(db *gorm.DB) error { return app.Seed(ctx, db, locations, now) })
}

// OpenDemoAccounts returns the e-mail addresses of the demo's accounts that its password still opens, in a database whose tables
// are up to date.
func OpenDemoAccounts(ctx context.Context, dsn string, log *slog.Logger) (emails []string, err error) {
	err = withGORM(ctx, dsn, log, func(db *gorm.DB) error {
		emails, err = app.OpenDemoAccounts(ctx, db, now)
		return err
	})
	return emails, err
}

// HasOwnAccounts tells whether the database has other accounts than the demo's.
func HasOwnAccounts(ctx context.Context, dsn string, log *slog.Logger) (own bool, err error) {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 1, Log: log})
	if err != nil {
		return false, err
	}
	defer pool.Close()
	return app.HasOwnAccounts(ctx, pool)
}

// withGORM has work done on a database, without the limits of commands.
func withGORM(ctx context.Context, dsn string, log *slog.Logger, work func(db *gorm.DB) error) error {
	s := &Server{log: log}
	defer s.close()
	_, db, err := s.connect(ctx, dsn, postgres.Options{MaxConns: 4, NoTimeouts: true, Log: log})
	if err != nil {
		return err
	}
	return work(db)
}
