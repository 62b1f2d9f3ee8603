package server

import (
	"context"
	"fmt"
	"log/slog"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/privatepg"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/platform/restore"
)

// Database is where the server's data lives: the one configured, or a private one that lives as long as the program.
type Database struct {
	DSN     string
	Private *privatepg.Server // nil if another is configured
}

// OpenDatabase starts a private Postgres if no other is configured, waits until the database answers, and brings its
// tables, and the functions of the read models, up to date; any number of servers may do so at once. The read models
// themselves are built by the server, or by Migrate.
func OpenDatabase(ctx context.Context, config Config, release Release, log *slog.Logger) (*Database, error) {
	db, err := open(ctx, config, privatepg.Options{Log: log})
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx, release, log, func(*readmodel.Builder) error { return nil }); err != nil {
		db.Close(log)
		return nil, err
	}
	return db, nil
}

// JoinDatabase is for what works beside a running server: it uses that one's private Postgres, and leaves the schema as
// it is.
func JoinDatabase(ctx context.Context, config Config, log *slog.Logger) (*Database, error) {
	return open(ctx, config, privatepg.Options{Log: log, Join: true})
}

func open(ctx context.Context, config Config, private privatepg.Options) (*Database, error) {
	db := &Database{DSN: config.DatabaseURL}
	if db.DSN == "" {
		private, err := config.privatePostgres(private)
		if err != nil {
			return nil, err
		}
		if db.Private, err = privatepg.Start(ctx, private); err != nil {
			return nil, err
		}
		db.DSN = db.Private.DSN()
	}
	pool, err := postgres.Connect(ctx, db.DSN, postgres.Options{MaxConns: 1, Log: private.Log})
	if err != nil {
		db.Close(private.Log)
		return nil, err
	}
	pool.Close()
	return db, nil
}

// Migrate brings tables and read models up to date, and returns when all is built.
func (db *Database) Migrate(ctx context.Context, release Release, log *slog.Logger) error {
	return db.migrate(ctx, release, log, func(b *readmodel.Builder) error {
		if err := putRight(ctx, b, log); err != nil {
			return err
		}
		return b.Run(ctx)
	})
}

func (db *Database) migrate(ctx context.Context, release Release, log *slog.Logger, build func(*readmodel.Builder) error) error {
	schema, err := postgres.NewSchema(release.Files, release.Version)
	if err != nil {
		return err
	}
	version, err := schema.Migrate(ctx, db.DSN, running, log)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := withModels(ctx, db.DSN, release, log, build); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	log.InfoContext(ctx, "schema is up to date", "version", version)
	return nil
}

// Adopt makes the database the shop, whichever was it before.
func (db *Database) Adopt(ctx context.Context, log *slog.Logger) error {
	pool, err := postgres.Connect(ctx, db.DSN, postgres.Options{MaxConns: 1, Log: log})
	if err != nil {
		return err
	}
	defer pool.Close()
	return restore.Adopt(ctx, pool)
}

// Stopped is closed when a private Postgres has ended by itself; nil, which never is, for another database.
func (db *Database) Stopped() <-chan struct{} {
	if db.Private == nil {
		return nil
	}
	return db.Private.Done()
}

// Close stops a private Postgres.
func (db *Database) Close(log *slog.Logger) {
	if db.Private == nil {
		return
	}
	if err := db.Private.Stop(); err != nil {
		log.Warn("stop the private database", "error", err)
	}
}
