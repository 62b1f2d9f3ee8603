package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to the newest migration in files and returns its version. Any number of servers may
// call it at once: one works, the others wait for it. It has connections of its own, without the pool's time limits.
func Migrate(ctx context.Context, dsn string, files fs.FS, log *slog.Logger) (version int64, err error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return 0, fmt.Errorf("read database URL: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()

	// Asked for every second, for up to ten minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600), lock.WithUnlockTimeout(1, 30))
	if err != nil {
		return 0, fmt.Errorf("prepare migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return 0, fmt.Errorf("read migrations: %w", err)
	}
	applied, err := provider.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate database: %w", err)
	}
	for _, m := range applied {
		log.Info("migrated database", "version", m.Source.Version, "file", m.Source.Path, "took", m.Duration)
	}
	if version, err = provider.GetDBVersion(ctx); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return version, nil
}
