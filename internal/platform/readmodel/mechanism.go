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
// this program has them. The pool is without timeouts, and has at least 4 connections.
func Open(ctx context.Context, pool *pgxpool.Pool, files fs.FS, log *slog.Logger) (*Builder, error) {
	definitions, err := Load(files)
	if err != nil {
		return nil, err
	}
	if err := ensureMechanism(ctx, pool); err != nil {
		return nil, fmt.Errorf("install the functions of read models: %w", err)
	}
	return &Builder{Pool: pool, Definitions: definitions, Log: log}, nil
}

// MechanismHash is another one if the mechanism's functions are.
func MechanismHash() string { return digest(runtimeSQL, generationsSQL) }

// ensureMechanism brings the functions into the database, if they are not there as this program has them. Where a newer
// program has brought in its own since, those stay: they serve this one too.
func ensureMechanism(ctx context.Context, pool *pgxpool.Pool) error {
	var there bool
	err := pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM readmodel.mechanisms AS m WHERE m.hash = $1)`, MechanismHash()).Scan(&there)
	if err != nil || there {
		return err
	}
	// A reader of a view that is replaced holds a lock on it until their transaction ends, and others queue behind who waits.
	return briefly(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `LOCK TABLE readmodel.mechanisms IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		added, err := tx.Exec(ctx, `
			INSERT INTO readmodel.mechanisms (hash, applied_at) VALUES ($1, pg_catalog.now())
			ON CONFLICT (hash) DO NOTHING`, MechanismHash())
		if err != nil || added.RowsAffected() == 0 {
			return err
		}
		_, err = tx.Conn().PgConn().Exec(ctx, runtimeSQL+generationsSQL).ReadAll()
		return err
	})
}
