package bench_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/pgtest"
	"pizzeria/internal/postgres"
	"pizzeria/internal/readmodel"
	"pizzeria/migrations"
)

// lab is a Postgres that keeps its promises: commits wait for the disk, as they do in the shop. What a read model costs
// is a share of what a commit costs, so the tests' own server would tell little.
type lab struct {
	server *postgres.Private
	admin  *pgxpool.Pool
	out    io.Writer // for tables
}

// emptyShop is a database with menu, stock and accounts, and no orders.
const emptyShop = "shop"

func newLab(b *testing.B, out io.Writer) *lab {
	b.Helper()
	server, err := postgres.StartPrivate(b.Context(), postgres.PrivateOptions{Dir: pgtest.Folder(b)})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, server.Stop()) })
	l := &lab{server: server, out: out}
	l.admin = l.connect(b, "postgres", 2)

	l.exec(b, l.admin, "CREATE DATABASE "+emptyShop)
	_, err = postgres.Migrate(b.Context(), l.dsn(emptyShop), migrations.FS, slog.New(slog.DiscardHandler))
	require.NoError(b, err)
	pool := l.connect(b, emptyShop, 2)
	defer pool.Close()
	db, err := postgres.OpenGORM(pool)
	require.NoError(b, err)
	require.NoError(b, app.Seed(b.Context(), db, time.Now))
	l.exec(b, pool, emptyShopSQL)
	return l
}

// dsn returns the URL of one of the server's databases.
func (l *lab) dsn(database string) string {
	u, err := url.Parse(l.server.DSN())
	if err != nil {
		panic(err) // it is our own
	}
	u.Path = "/" + database
	return u.String()
}

// connect opens a pool without time limits: a refresh in the write transaction would break them all.
func (l *lab) connect(b *testing.B, database string, conns int32) *pgxpool.Pool {
	b.Helper()
	pool, err := postgres.Connect(b.Context(), l.dsn(database), postgres.Options{MaxConns: conns, Patient: true})
	require.NoError(b, err)
	b.Cleanup(pool.Close)
	return pool
}

func (l *lab) exec(b *testing.B, on *pgxpool.Pool, sql string, args ...any) {
	b.Helper()
	_, err := on.Exec(b.Context(), sql, args...)
	require.NoError(b, err)
}

// copyOf makes a database like another, to which nobody may be connected, and changes it by the SQL given.
func (l *lab) copyOf(b *testing.B, template, name, change string) {
	b.Helper()
	l.exec(b, l.admin, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, template))
	if change == "" {
		return
	}
	pool := l.connect(b, name, 1)
	defer pool.Close()
	l.exec(b, pool, change)
}

// withHistory makes a database with a year of orders behind it, all in the snapshots, and returns how long a refresh
// of all models takes on it.
func (l *lab) withHistory(b *testing.B, orders int) (name string, refresh time.Duration) {
	b.Helper()
	name = fmt.Sprintf("history_%d", orders)
	l.copyOf(b, emptyShop, name, fmt.Sprintf(historySQL, orders))
	pool := l.connect(b, name, 1)
	defer pool.Close()
	l.refresh(b, pool)
	began := time.Now()
	l.refresh(b, pool)
	refresh = time.Since(began)
	l.exec(b, pool, "VACUUM ANALYZE")
	return name, refresh
}

func (l *lab) refresh(b *testing.B, pool *pgxpool.Pool) {
	b.Helper()
	models, err := readmodel.Models(b.Context(), pool)
	require.NoError(b, err)
	for _, m := range models {
		_, err := readmodel.Refresh(b.Context(), pool, m)
		require.NoError(b, err)
	}
}
