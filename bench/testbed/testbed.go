// Package testbed runs what the measurements need: a durable Postgres of its own, databases with a history of orders, and
// the programs that are compared.
package testbed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/privatepg"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

// Testbed is a durable private Postgres, with fsync and synchronous_commit on: the cost of a statement is stated as a share
// of the cost of a commit. Its databases and programs are in one folder, which Close removes.
type Testbed struct {
	Log    *slog.Logger
	folder string
	server *privatepg.Server
}

// withoutLimits lets one customer place as many orders as a measurement needs.
const withoutLimits = `
	UPDATE public.locations AS l
	SET open_orders_limit = NULL, open_portions_limit = NULL, new_customer_cash_orders_limit = NULL;`

// emptyShop is a database with menu, stock and accounts, and no orders.
const emptyShop = "shop"

// Open makes the folder below dir ("" for the system's own), starts Postgres and fills the empty shop.
func Open(ctx context.Context, dir string, log *slog.Logger) (_ *Testbed, err error) {
	folder, err := os.MkdirTemp(dir, "pizzeria-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	l := &Testbed{Log: log, folder: folder}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Close())
		}
	}()
	if err := os.Chmod(folder, 0o755); err != nil { // as root, Postgres runs as another user
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	if err := l.startPostgres(ctx); err != nil {
		return nil, err
	}
	return l, l.createEmptyShop(ctx)
}

// startPostgres starts Postgres twice: the times of commits are only kept if Postgres has started with the setting for that.
func (l *Testbed) startPostgres(ctx context.Context) error {
	var err error
	options := privatepg.Options{Dir: filepath.Join(l.folder, "data")}
	if l.server, err = privatepg.Start(ctx, options); err != nil {
		return fmt.Errorf("start Postgres: %w", err)
	}
	if err := l.Exec(ctx, "postgres", `ALTER SYSTEM SET track_commit_timestamp = on`); err != nil {
		return err
	}
	if err := l.server.Stop(); err != nil {
		return fmt.Errorf("stop Postgres: %w", err)
	}
	if l.server, err = privatepg.Start(ctx, options); err != nil {
		return fmt.Errorf("start Postgres: %w", err)
	}
	return nil
}

func (l *Testbed) createEmptyShop(ctx context.Context) error {
	if err := l.Exec(ctx, "postgres", `CREATE DATABASE `+emptyShop); err != nil {
		return err
	}
	if _, err := postgres.Migrate(ctx, l.DSN(emptyShop), migrations.FS, slog.New(slog.DiscardHandler)); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	pool, err := l.Connect(ctx, emptyShop, 4)
	if err != nil {
		return err
	}
	defer pool.Close()
	models, err := readmodel.Open(ctx, pool, migrations.FS, "", l.Log)
	if err != nil {
		return err
	}
	if err := models.Run(ctx); err != nil {
		return err
	}
	db, err := postgres.OpenGORM(pool)
	if err != nil {
		return err
	}
	if err := app.Seed(ctx, db, 1, time.Now); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	return l.Exec(ctx, emptyShop, customersSQL+commandHelpersSQL+withoutLimits)
}

// DSN returns the URL of one of the databases.
func (l *Testbed) DSN(database string) string {
	u, err := url.Parse(l.server.DSN())
	if err != nil {
		panic(err) // the URL comes from the private server
	}
	u.Path = "/" + database
	return u.String()
}

// PID is the process id of Postgres.
func (l *Testbed) PID() int { return l.server.PID() }

// Connect opens a pool for what takes long, without time limits. The caller closes it.
func (l *Testbed) Connect(ctx context.Context, database string, conns int32) (*pgxpool.Pool, error) {
	return postgres.Connect(ctx, l.DSN(database), postgres.Options{MaxConns: conns, NoTimeouts: true, Application: readmodel.Application})
}

// Exec runs statements, on a connection of their own.
func (l *Testbed) Exec(ctx context.Context, database, sql string, arguments ...any) error {
	return l.Conn(ctx, database, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql, arguments...)
		return err
	})
}

// Conn lends a connection of its own.
func (l *Testbed) Conn(ctx context.Context, database string, use func(conn *pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, l.DSN(database))
	if err != nil {
		return fmt.Errorf("connect to %s: %w", database, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := use(conn); err != nil {
		return fmt.Errorf("in database %s: %w", database, err)
	}
	return nil
}

// Close stops Postgres and removes everything.
func (l *Testbed) Close() error {
	var err error
	if l.server != nil {
		err = l.server.Stop()
	}
	return errors.Join(err, os.RemoveAll(l.folder))
}
