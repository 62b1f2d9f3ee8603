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
	err = withProvider(dsn, files, func(provider *goose.Provider) error {
		applied, err := provider.Up(ctx)
		if err != nil {
			return fmt.Errorf("migrate database: %w", err)
		}
		for _, m := range applied {
			log.Info("migrated database", "version", m.Source.Version, "file", m.Source.Path, "took", m.Duration)
		}
		if version, err = provider.GetDBVersion(ctx); err != nil {
			return fmt.Errorf("read schema version: %w", err)
		}
		return nil
	})
	return version, err
}

// MigrateTo brings an empty database to a version of the schema, which one of the files has to have.
func MigrateTo(ctx context.Context, dsn string, files fs.FS, version int64) error {
	newest, err := Newest(files)
	if err != nil {
		return err
	}
	if version > newest {
		return fmt.Errorf("the schema is of version %d, and this program knows %d: use a newer one", version, newest)
	}
	return withProvider(dsn, files, func(provider *goose.Provider) error {
		if _, err := provider.UpTo(ctx, version); err != nil {
			return fmt.Errorf("migrate database to version %d: %w", version, err)
		}
		return nil
	})
}

func withProvider(dsn string, files fs.FS, do func(*goose.Provider) error) (err error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return fmt.Errorf("read database URL: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()

	// Asked for every second, for up to ten minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600), lock.WithUnlockTimeout(1, 30))
	if err != nil {
		return fmt.Errorf("prepare migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	return do(provider)
}

// Newest returns the version of the newest migration in files.
func Newest(files fs.FS) (version int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range names {
		of, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("read the version of migration %s: %w", name, err)
		}
		version = max(version, of)
	}
	return version, nil
}

// Queryer is a pool, a connection or a transaction.
type Queryer interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// SchemaVersion returns the version of the newest migration that the database has.
func SchemaVersion(ctx context.Context, db Queryer) (version int64, err error) {
	err = db.QueryRow(ctx, `SELECT coalesce(max(g.version_id), 0) FROM public.goose_db_version AS g WHERE g.is_applied`).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return version, nil
}
