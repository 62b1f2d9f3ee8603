package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// How a migration gets its locks. Somebody may read a table for an hour, a refresh or a dump; and commands queue behind a
// migration that waits for it. So it doesn't wait longer than they wait themselves, or than Postgres waits before it looks
// for deadlocks, and then lets them by.
const (
	migrationLockTimeout = "600ms"
	migrationPause       = 500 * time.Millisecond // and as much again, by chance
)

// apply applies what is pending, up to a version. Nobody else may do so at the same time. It tries again, from the migration that
// didn't get its locks, until it succeeds or ctx ends.
func apply(ctx context.Context, dsn string, files fs.FS, version int64, log *slog.Logger) error {
	for {
		err := try(ctx, dsn, files, version, log)
		if err == nil {
			return nil
		}
		partial, failed := errors.AsType[*goose.PartialError](err)
		if !failed || !Retryable(err) {
			return fmt.Errorf("migrate database: %w", err)
		}
		log.WarnContext(ctx, "a migration waits for its locks", "file", partial.Failed.Source.Path, "error", partial.Err)
		select {
		case <-ctx.Done():
			return fmt.Errorf("migrate database: %w", errors.Join(context.Cause(ctx), err))
		case <-time.After(migrationPause + rand.N(migrationPause)):
		}
	}
}

// try applies what is pending until something fails. It has connections of its own each time: a migration without a transaction
// that fails leaves its settings behind.
func try(ctx context.Context, dsn string, files fs.FS, version int64, log *slog.Logger) (err error) {
	config, err := parseURL(dsn)
	if err != nil {
		return fmt.Errorf("read database URL: %w", err)
	}
	setParameters(config.ConnConfig.RuntimeParams, unlimited)
	config.ConnConfig.RuntimeParams["lock_timeout"] = migrationLockTimeout
	db := stdlib.OpenDB(*config.ConnConfig)
	defer func() { err = errors.Join(err, db.Close()) }()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	done, err := provider.UpTo(ctx, version)
	if partial, failed := errors.AsType[*goose.PartialError](err); failed {
		done = partial.Applied
	}
	for _, m := range done {
		log.InfoContext(ctx, "migrated database", "version", m.Source.Version, "file", m.Source.Path, "took", m.Duration)
	}
	return err
}
