package readmodel

import (
	"context"
	_ "embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The functions that follow models and build them.
//
//go:embed mechanism/runtime.sql
var runtimeSQL string

//go:embed mechanism/generations.sql
var generationsSQL string

// Open returns a builder of the read models that are defined in files, for a database that has the mechanism's functions as
// this program has them, or a newer one. The version is the program's, "" if it has none. The pool is without timeouts, and has at
// least 4 connections.
func Open(ctx context.Context, pool *pgxpool.Pool, files fs.FS, version string, log *slog.Logger) (*Builder, error) {
	definitions, err := Load(files)
	if err != nil {
		return nil, err
	}
	if err := ensureMechanism(ctx, pool, version); err != nil {
		return nil, fmt.Errorf("install the functions of read models: %w", err)
	}
	return &Builder{Pool: pool, Definitions: definitions, Log: log, version: version}, nil
}

// MechanismHash is another one if the mechanism's functions are.
func MechanismHash() string { return digest(runtimeSQL, generationsSQL) }

// ensureMechanism brings the functions into the database, if they are not there as this program has them. Where a newer
// program has brought in its own since, those stay: they serve this one too.
func ensureMechanism(ctx context.Context, pool *pgxpool.Pool, version string) error {
	if serve, err := mechanismServes(ctx, pool, version); err != nil || serve {
		return err
	}
	// A reader of a view that is replaced holds a lock on it until their transaction ends, and others queue behind who waits.
	return briefly(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `LOCK TABLE readmodel.mechanisms IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		if serve, err := mechanismServes(ctx, tx, version); err != nil || serve {
			return err // another server was first
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO readmodel.mechanisms (hash, applied_at, version) VALUES ($1, pg_catalog.now(), nullif($2, ''))`, MechanismHash(), version)
		if err != nil {
			return err
		}
		_, err = tx.Conn().PgConn().Exec(ctx, runtimeSQL+generationsSQL).ReadAll()
		return err
	})
}

// mechanismServes tells whether the functions in force are this program's, or those of a newer one: they have been here, or
// else the version tells.
func mechanismServes(ctx context.Context, db queryRower, version string) (bool, error) {
	var there bool
	var newest string
	err := db.QueryRow(ctx, `
		SELECT
			EXISTS (SELECT FROM readmodel.mechanisms AS m WHERE m.hash = $1),
			coalesce((SELECT m.version FROM readmodel.mechanisms AS m ORDER BY m.number DESC LIMIT 1), '')`, MechanismHash()).Scan(&there, &newest)
	return there || older(version, newest), err
}

type queryRower interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}
