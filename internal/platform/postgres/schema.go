package postgres

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Schema is what a version of the program knows of the tables.
type Schema struct {
	migrations []Migration
	files      fs.FS
	version    string
}

// NewSchema is that of the program of a version, whose migrations are among files.
func NewSchema(files fs.FS, version string) (*Schema, error) {
	migrations, err := Migrations(files)
	return &Schema{migrations, files, version}, err
}

// SchemaError is why a program can't work with a database's tables, in words for an operator.
type SchemaError struct{ text string }

func (e *SchemaError) Error() string { return e.text }

// Querier is a pool, a connection or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// applied is a migration that a database has, as it was declared. One that was applied by a program which didn't declare it
// is undeclared.
type applied struct {
	Number     int64
	Contracts  *string
	Undeclared bool
}

// Check fails with a *SchemaError if the program can't work with the tables as they are. Newer ones than it knows are fine
// as long as they were only added to, or what was taken away is nothing that this version needs.
func (s *Schema) Check(ctx context.Context, db Querier) error {
	there, err := readApplied(ctx, db)
	if err != nil {
		return err
	}
	if pending := s.pending(there); len(pending) > 0 {
		newest := int64(0)
		for _, a := range there {
			newest = max(newest, a.Number)
		}
		return &SchemaError{fmt.Sprintf("it is at %d, and this program needs %d", newest, s.newest())}
	}
	return s.accepts(there)
}

// accepts fails if what is there is not of this program's making, or takes away what it needs.
func (s *Schema) accepts(there []applied) error {
	for _, a := range there {
		switch {
		case a.Undeclared:
			return &SchemaError{fmt.Sprintf("the database has a migration %d that no program declared as these do: it was made before "+
				"migrations were begun anew, or by another program; begin with an empty database", a.Number)}
		case s.knows(a.Number) || a.Contracts == nil:
		case Outdated(s.version, *a.Contracts):
			return &SchemaError{fmt.Sprintf("migration %d took away what versions up to %s need, and this is %s: start a newer one",
				a.Number, *a.Contracts, s.version)}
		}
	}
	return nil
}

func (s *Schema) knows(number int64) bool {
	return slices.ContainsFunc(s.migrations, func(m Migration) bool { return m.Number == number })
}

func (s *Schema) pending(there []applied) []Migration {
	return slices.DeleteFunc(slices.Clone(s.migrations), func(m Migration) bool {
		return slices.ContainsFunc(there, func(a applied) bool { return a.Number == m.Number })
	})
}

func (s *Schema) newest() int64 {
	if len(s.migrations) == 0 {
		return 0
	}
	return s.migrations[len(s.migrations)-1].Number
}

// readApplied returns the migrations that a database has.
func readApplied(ctx context.Context, db Querier) ([]applied, error) {
	rows, err := db.Query(ctx, `
		SELECT pg_catalog.to_regclass('public.goose_db_version') IS NOT NULL, pg_catalog.to_regclass('public.migrations') IS NOT NULL`)
	if err != nil {
		return nil, fmt.Errorf("look for migrations: %w", err)
	}
	tables, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[struct{ Applied, Declared bool }])
	if err != nil || !tables.Applied {
		return nil, err
	}
	query := `SELECT g.version_id, NULL, true FROM public.goose_db_version AS g WHERE g.is_applied AND g.version_id > 0 ORDER BY g.version_id`
	if tables.Declared {
		query = `
			SELECT g.version_id, m.contracts, m.number IS NULL
			FROM public.goose_db_version AS g
			LEFT JOIN public.migrations AS m ON m.number = g.version_id
			WHERE g.is_applied AND g.version_id > 0
			ORDER BY g.version_id`
	}
	if rows, err = db.Query(ctx, query); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	there, err := pgx.CollectRows(rows, pgx.RowToStructByPos[applied])
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return there, nil
}

// Version returns the number of the newest migration that a database has; 0 if it has none.
func Version(ctx context.Context, db Querier) (version int64, err error) {
	there, err := readApplied(ctx, db)
	for _, a := range there {
		version = max(version, a.Number)
	}
	return version, err
}
