// Command print writes the schema that is in force after all migrations, the mechanism of read models and the first
// generation of each, as one file for readers. It starts a throwaway Postgres for that.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

//go:embed schema.sql
var schemaSQL string

const head = `-- What is in force in the database of a new shop: tables, views with their columns, indexes, triggers and functions.
-- Written by make generate, for readers; it is not run. Sources: migrations, internal/platform/readmodel/mechanism.

`

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: print FILE")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "print:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, file string) (err error) {
	server, err := pgtest.StartServer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	text, err := schema(ctx, server.DSN())
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(head+text+"\n"), 0o644)
}

func schema(ctx context.Context, dsn string) (text string, err error) {
	if _, err := postgres.Migrate(ctx, dsn, migrations.FS, slog.New(slog.DiscardHandler)); err != nil {
		return "", err
	}
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 4, NoTimeouts: true, Application: readmodel.Application})
	if err != nil {
		return "", err
	}
	defer pool.Close()
	models, err := readmodel.Open(ctx, pool, migrations.FS, "", slog.New(slog.DiscardHandler))
	if err != nil {
		return "", err
	}
	if err := models.Run(ctx); err != nil {
		return "", err
	}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL search_path = ''`); err != nil { // every name with its schema
			return err
		}
		return tx.QueryRow(ctx, schemaSQL, []string{"public", "readmodel", "simulated_gateway"}).Scan(&text)
	})
	if err != nil {
		return "", fmt.Errorf("read the schema: %w", err)
	}
	return text, nil
}
