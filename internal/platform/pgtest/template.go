package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"sync"

	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

const templatePrefix = "template_"

// templateLock is the number of the advisory lock under which templates are made.
const templateLock = 0x70677465

// made remembers which templates this process has seen ready: server and name. It saves each test a round trip.
var made sync.Map

// ensureTemplate returns the name of a database that has these tables and read models, and a locale of ICU's or C, and that nobody
// may connect to. It is named by their content, so that a changed file makes another one. Of several processes and tests, one
// makes it.
func ensureTemplate(ctx context.Context, server string, files fs.FS, locale string) (string, error) {
	name, err := templateName(files, locale)
	if err != nil {
		return "", err
	}
	if _, ok := made.Load(server + name); ok {
		return name, nil
	}
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", fmt.Errorf("connect to the test server: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // gives the lock back
	if _, err := conn.Exec(ctx, "SELECT pg_catalog.pg_advisory_lock($1)", templateLock); err != nil {
		return "", fmt.Errorf("lock templates: %w", err)
	}
	if err := makeTemplate(ctx, conn, server, name, files, locale); err != nil {
		return "", err
	}
	made.Store(server+name, true)
	return name, nil
}

// makeTemplate closes the database to connections as its last step: one that is still open was left half made.
func makeTemplate(ctx context.Context, conn *pgx.Conn, server, name string, files fs.FS, locale string) error {
	var ready bool
	err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1 AND NOT datallowconn)",
		name).Scan(&ready)
	if err != nil || ready {
		return err
	}
	create := "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
	if locale != "" {
		create += " LOCALE_PROVIDER icu ICU_LOCALE '" + locale + "'"
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", create} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	if err := build(ctx, withDatabase(server, name), files); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false"); err != nil {
		return fmt.Errorf("close template: %w", err)
	}
	return nil
}

// build makes the tables and the read models.
func build(ctx context.Context, dsn string, files fs.FS) error {
	log := slog.New(slog.DiscardHandler)
	if _, err := postgres.Migrate(ctx, dsn, files, log); err != nil {
		return err
	}
	defined, err := readmodel.Load(files)
	if err != nil || len(defined) == 0 {
		return err
	}
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 4, NoTimeouts: true, Application: readmodel.Application})
	if err != nil {
		return err
	}
	defer pool.Close()
	models, err := readmodel.Open(ctx, pool, files, "", log)
	if err != nil {
		return err
	}
	return models.Run(ctx)
}

func templateName(files fs.FS, locale string) (string, error) {
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, readmodel.MechanismHash(), locale)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		_, _ = fmt.Fprintf(sum, "%q %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read migrations: %w", err)
	}
	return templatePrefix + hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// withDatabase returns the server's URL with another database.
func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server // refused by ParseConfig in time, with a better message
	}
	u.Path = "/" + name
	return u.String()
}
