package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Running names the servers at work of the version given, or an older one; "" if there is none.
type Running func(ctx context.Context, db Querier, version string) (string, error)

// Migrate brings the tables of a database that no other version of the program works on up to the newest migration in
// files, and returns its number.
func Migrate(ctx context.Context, dsn string, files fs.FS, log *slog.Logger) (version int64, err error) {
	s, err := NewSchema(files, "")
	if err != nil {
		return 0, err
	}
	nobody := func(context.Context, Querier, string) (string, error) { return "", nil }
	return s.Migrate(ctx, dsn, nobody, log)
}

// Migrate brings the tables up to the program's newest migration and returns the newest that there is. Any number of
// servers may call it at once: one works, the others wait for it. It has connections of its own, without the pool's time
// limits. It fails with a *SchemaError, and applies nothing, if the program can't work with what there is, or if a server
// at work couldn't go on.
func (s *Schema) Migrate(ctx context.Context, dsn string, running Running, log *slog.Logger) (version int64, err error) {
	conn, err := connect(ctx, dsn)
	if err != nil {
		return 0, fmt.Errorf("connect to migrate: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }() // gives the lock back
	if err := awaitMigrationLock(ctx, conn); err != nil {
		return 0, err
	}
	there, err := readApplied(ctx, conn)
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == "42501" { // it may not even read
		err = cmp.Or(mayMigrate(ctx, conn), err)
	}
	if err != nil {
		return 0, err
	}
	if err := s.accepts(there); err != nil {
		return 0, err
	}
	pending := s.pending(there)
	if len(pending) > 0 {
		if err := mayMigrate(ctx, conn); err != nil {
			return 0, err
		}
		if err := mayContract(ctx, conn, pending, there, running); err != nil {
			return 0, err
		}
		if err := declare(ctx, conn, pending); err != nil {
			return 0, err
		}
		if err := apply(ctx, dsn, s.files, s.newest(), log); err != nil {
			return 0, err
		}
	}
	version = s.newest()
	for _, a := range there {
		version = max(version, a.Number)
	}
	return version, nil
}

// MigrateTo brings an empty database to a version of the schema, which one of the files has to have.
func MigrateTo(ctx context.Context, dsn string, files fs.FS, version int64, log *slog.Logger) (err error) {
	migrations, err := Migrations(files)
	if err != nil {
		return err
	}
	last := slices.IndexFunc(migrations, func(m Migration) bool { return m.Number == version })
	if last < 0 {
		return fmt.Errorf("the schema is of version %d, which this program doesn't know: use a newer one", version)
	}
	conn, err := connect(ctx, dsn)
	if err != nil {
		return fmt.Errorf("connect to migrate: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	if err := declare(ctx, conn, migrations[:last+1]); err != nil {
		return err
	}
	return apply(ctx, dsn, files, version, log)
}

// migrationLock is the number of the advisory lock under which migrations are applied.
const migrationLock = 0x6d696772

// awaitMigrationLock asks again and again: a statement that waits would hold a snapshot, for which a builder of read
// models waits in turn.
func awaitMigrationLock(ctx context.Context, conn *pgx.Conn) error {
	for {
		var got bool
		if err := conn.QueryRow(ctx, `SELECT pg_catalog.pg_try_advisory_lock($1)`, migrationLock).Scan(&got); err != nil {
			return fmt.Errorf("lock migrations: %w", err)
		}
		if got {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for another server's migrations: %w", context.Cause(ctx))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// mayContract fails if a server at work needs what a migration would take away. On a new database there is none.
func mayContract(ctx context.Context, conn *pgx.Conn, pending []Migration, there []applied, running Running) error {
	if len(there) == 0 {
		return nil
	}
	for _, m := range pending {
		if m.Contracts == "" {
			continue
		}
		servers, err := running(ctx, conn, m.Contracts)
		if err != nil {
			return err
		}
		if servers != "" {
			return &SchemaError{fmt.Sprintf("%s takes away what versions up to %s need, and there is still at work: %s; stop that first",
				m.File, m.Contracts, servers)}
		}
	}
	return nil
}

// declare records what migrations are before they are applied: servers of the version before look there to know whether
// they can go on. Like goose's own table, this one is there before any migration.
func declare(ctx context.Context, conn *pgx.Conn, migrations []Migration) error {
	_, err := conn.Exec(ctx, `
		CREATE TABLE IF NOT EXISTS public.migrations (
			number    bigint PRIMARY KEY,
			file      text   NOT NULL,
			-- The newest version of the program that can't work with it; null if all can.
			contracts text
		)`)
	if err != nil {
		return fmt.Errorf("create the table of migrations: %w", err)
	}
	for _, m := range migrations {
		_, err := conn.Exec(ctx, `
			INSERT INTO public.migrations (number, file, contracts) VALUES ($1, $2, nullif($3, ''))
			ON CONFLICT (number) DO UPDATE SET file = excluded.file, contracts = excluded.contracts`, m.Number, m.File, m.Contracts)
		if err != nil {
			return fmt.Errorf("declare migration %s: %w", m.File, err)
		}
	}
	return nil
}
