// Package pgtest gives each test a Postgres database of its own, migrated and empty, made from a template in
// milliseconds. The server is the one that PIZZERIA_TEST_DATABASE_URL names; where that is unset, each test binary
// starts a private one, which ends with it.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

// ServerVariable names the environment variable with the URL of a server to use. Its role must be allowed to create
// databases.
const ServerVariable = "PIZZERIA_TEST_DATABASE_URL"

// databasePrefix marks the databases of single tests, which may be dropped when their server starts anew.
const databasePrefix = "test_"

// Database is one test's own. It is dropped when the test ends.
type Database struct {
	DSN  string
	Pool *pgxpool.Pool
	Gorm *gorm.DB // on Pool
}

// Option changes what New makes.
type Option func(*options)

type options struct {
	maxConns   int32
	migrations fs.FS
	locale     string
	rows       *Prepared // nil for none
}

// WithMaxConns sets the size of the pool, 10 unless told. All tests that run at once share 300 connections.
func WithMaxConns(n int32) Option { return func(o *options) { o.maxConns = n } }

// WithMigrations replaces the project's migrations.
func WithMigrations(files fs.FS) Option { return func(o *options) { o.migrations = files } }

// WithICULocale makes the database with a locale of its own, by which Postgres sorts and folds where it isn't told otherwise.
// It is C unless told, whatever the server's own is.
func WithICULocale(name string) Option { return func(o *options) { o.locale = name } }

// New returns a fresh database with the schema and no rows but those of the migrations, unless told. It fails the test if one
// of the pool's connections is still in use when the test ends.
func New(t testing.TB, opts ...Option) *Database {
	t.Helper()
	o := options{maxConns: 10, migrations: migrations.FS}
	for _, set := range opts {
		set(&o)
	}
	ctx := t.Context()
	server, err := serverURL()
	require.NoError(t, err, "a Postgres server for tests")
	template, err := o.rows.ensureTemplate(ctx, server, o.migrations, o.locale)
	require.NoError(t, err, "a template database for tests")

	name := databasePrefix + strings.ToLower(rand.Text())
	require.NoError(t, administer(ctx, server, copyOf(template, name)))
	dropAfter(t, server, name)
	return Open(t, withDatabase(server, name), o.maxConns)
}

// dropAfter drops a database when the test ends.
func dropAfter(t testing.TB, server, name string) {
	t.Cleanup(func() {
		// t's own context is over by now.
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := administer(ctx, server, fmt.Sprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name)); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
}

// Open connects to a database that is there already, until the test ends.
func Open(t testing.TB, dsn string, maxConns int32) *Database {
	t.Helper()
	db := &Database{DSN: dsn}
	var err error
	db.Pool, err = postgres.Connect(t.Context(), db.DSN, postgres.Options{MaxConns: maxConns})
	require.NoError(t, err)
	t.Cleanup(func() {
		// Close waits for connections in use, and would do so for ever if the test left one behind.
		closed := make(chan struct{})
		go func() {
			db.Pool.Close()
			close(closed)
		}()
		select {
		case <-closed:
		case <-time.After(10 * time.Second):
			t.Errorf("%d connections are still in use at the end of the test", db.Pool.Stat().AcquiredConns())
		}
	})
	db.Gorm, err = postgres.OpenGORM(db.Pool)
	require.NoError(t, err)
	t.Cleanup(func() {
		if conns, err := db.Gorm.DB(); err == nil {
			_ = conns.Close()
		}
	})
	return db
}

// administer runs one statement on the server's own database. A connection for each keeps no goroutine alive, so that
// tests which look for leaks see only their own.
func administer(ctx context.Context, server, statement string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to the test server: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
