package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// CopyRows copies the rows of all tables that two databases have in common, and where their sequences stand. What the
// tables of the other database hold already is removed; skip are patterns of LIKE for schema.table, of those that are left
// alone. It returns the tables that only the first database has. No trigger fires and no foreign key is checked: the rows are
// taken as they are, which takes the rights of a superuser. Only transaction numbers, columns of the type xid8, get their
// default, since those of one cluster mean nothing in another.
func CopyRows(ctx context.Context, from, to *pgx.Conn, skip []string) (left []string, err error) {
	read, err := from.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, fmt.Errorf("begin to read: %w", err)
	}
	defer func() { err = errors.Join(err, read.Rollback(context.WithoutCancel(ctx))) }()
	write, err := to.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin to write: %w", err)
	}
	defer func() { _ = write.Rollback(context.WithoutCancel(ctx)) }() // without effect after the commit

	if _, err := write.Exec(ctx, `SET LOCAL session_replication_role = 'replica'`); err != nil {
		return nil, fmt.Errorf("switch triggers off: %w", err)
	}
	sources, err := tablesOf(ctx, read, skip)
	if err != nil {
		return nil, err
	}
	targets, err := tablesOf(ctx, write, skip)
	if err != nil {
		return nil, err
	}
	for _, t := range targets {
		if err := copyTable(ctx, from, to, t); err != nil {
			return nil, fmt.Errorf("copy %s: %w", t.name, err)
		}
		delete(sources, t.name)
	}
	if err := copySequences(ctx, read, write); err != nil {
		return nil, fmt.Errorf("copy sequences: %w", err)
	}
	for name := range sources {
		left = append(left, name)
	}
	return left, write.Commit(ctx)
}

// table is one with the columns that are written.
type table struct {
	name    string // quoted, with its schema
	columns string // quoted
}

func tablesOf(ctx context.Context, tx pgx.Tx, skip []string) (map[string]table, error) {
	rows, err := tx.Query(ctx, `
		SELECT
			pg_catalog.format('%I.%I', n.nspname, c.relname),
			(
				SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
				FROM pg_catalog.pg_attribute AS a
				WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
					AND a.atttypid <> 'pg_catalog.xid8'::pg_catalog.regtype
			)
		FROM pg_catalog.pg_class AS c
		JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema$)'
			AND NOT pg_catalog.format('%s.%s', n.nspname, c.relname) LIKE ANY ($1)`, skip)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	found := map[string]table{}
	var t table
	_, err = pgx.ForEachRow(rows, []any{&t.name, &t.columns}, func() error {
		found[t.name] = t
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	return found, nil
}

// copyTable lets the rows flow from one connection to the other, in Postgres's text form, which all versions read.
func copyTable(ctx context.Context, from, to *pgx.Conn, t table) error {
	if _, err := to.Exec(ctx, `DELETE FROM `+t.name); err != nil {
		return err
	}
	reader, writer := io.Pipe()
	both, ctx := errgroup.WithContext(ctx)
	var read, written int64
	both.Go(func() error {
		tag, err := from.PgConn().CopyTo(ctx, writer, `COPY `+t.name+` (`+t.columns+`) TO STDOUT`)
		read = tag.RowsAffected()
		return errors.Join(err, writer.CloseWithError(err))
	})
	both.Go(func() error {
		tag, err := to.PgConn().CopyFrom(ctx, reader, `COPY `+t.name+` (`+t.columns+`) FROM STDIN`)
		written = tag.RowsAffected()
		return errors.Join(err, reader.CloseWithError(err))
	})
	if err := both.Wait(); err != nil {
		return err
	}
	if read != written {
		return fmt.Errorf("%d rows were read, and %d written", read, written)
	}
	return nil
}

func copySequences(ctx context.Context, read, write pgx.Tx) error {
	rows, err := read.Query(ctx, `
		SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
		FROM pg_catalog.pg_class AS c
		JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
		WHERE c.relkind = 'S' AND n.nspname !~ '^(pg_|information_schema$)'`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var last int64
		var called bool
		if err := read.QueryRow(ctx, strings.Join([]string{`SELECT s.last_value, s.is_called FROM`, name, `AS s`}, " ")).Scan(&last, &called); err != nil {
			return err
		}
		_, err := write.Exec(ctx, `
			SELECT pg_catalog.setval(pg_catalog.to_regclass($1), $2, $3)
			WHERE pg_catalog.to_regclass($1) IS NOT NULL`, name, last, called)
		if err != nil {
			return err
		}
	}
	return nil
}
