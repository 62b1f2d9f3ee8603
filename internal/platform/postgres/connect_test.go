package postgres_test

import (
	"context"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/privatepg"
)

func TestConnectSetsLimitsOnEachSession(t *testing.T) {
	t.Parallel()
	dsn := newDatabase(t).DSN

	usual := open(t, dsn, postgres.Options{MaxConns: 2})
	unlimited := open(t, dsn, postgres.Options{MaxConns: 2, NoTimeouts: true})
	own := open(t, dsn+"&statement_timeout=7s&application_name=report", postgres.Options{MaxConns: 2})
	limited := dsn + "&statement_timeout=7s&Lock_Timeout=7s&idle_in_transaction_session_timeout=7s&idle_session_timeout=7s"
	allTheSame := open(t, limited, postgres.Options{MaxConns: 2, NoTimeouts: true})

	require.Equal(t, "pizzeria UTC 3s 1s 5s", sessionSettings(t, usual))
	require.Equal(t, "pizzeria UTC 0 0 0", sessionSettings(t, unlimited))
	require.Equal(t, "report UTC 7s 1s 5s", sessionSettings(t, own))
	require.Equal(t, "pizzeria UTC 0 0 0", sessionSettings(t, allTheSame))
	var idle string
	require.NoError(t, allTheSame.QueryRow(t.Context(), `SHOW idle_session_timeout`).Scan(&idle))
	require.Equal(t, "0", idle)
}

func TestConnectReadsInstantsInUTC(t *testing.T) {
	t.Parallel()
	pool := open(t, newDatabase(t).DSN, postgres.Options{MaxConns: 2})
	gdb, err := postgres.OpenGORM(pool)
	require.NoError(t, err)

	var direct, throughGORM time.Time
	const sql = "SELECT '2030-07-01 12:00+02'::timestamptz"
	require.NoError(t, pool.QueryRow(t.Context(), sql).Scan(&direct))
	require.NoError(t, gdb.Raw(sql).Scan(&throughGORM).Error)

	require.Equal(t, time.Date(2030, 7, 1, 10, 0, 0, 0, time.UTC), direct)
	require.Equal(t, direct, throughGORM)
}

func TestConnectWaitsForADatabaseThatIsDown(t *testing.T) {
	t.Parallel()
	dir := pgtest.Folder(t)
	server, err := privatepg.Start(t.Context(), privatepg.Options{Dir: dir})
	require.NoError(t, err)
	dsn := server.DSN()
	require.NoError(t, server.Stop())
	tries := make(logLines, 100)

	connected := make(chan error, 1)
	go func() {
		pool, err := postgres.Connect(t.Context(), dsn, postgres.Options{Log: slog.New(tries), WaitFor: time.Minute})
		if err == nil {
			pool.Close()
		}
		connected <- err
	}()
	require.Equal(t, "database is not reachable, trying again", <-tries)
	server, err = privatepg.Start(t.Context(), privatepg.Options{Dir: dir})
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Stop() })

	require.NoError(t, <-connected)
}

func TestConnectGivesUp(t *testing.T) {
	t.Parallel()
	const nobodyListens = "postgres://127.0.0.1:1/pizzeria"

	_, err := postgres.Connect(t.Context(), nobodyListens, postgres.Options{WaitFor: time.Second})
	require.ErrorContains(t, err, "connect to database after")

	_, err = postgres.Connect(t.Context(), nobodyListens, postgres.Options{WaitFor: -1})
	require.ErrorContains(t, err, "connect to database after 1 tries")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = postgres.Connect(ctx, nobodyListens, postgres.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestConnectFailsAtOnceWhereWaitingCannotHelp(t *testing.T) {
	t.Parallel()
	dsn := newDatabase(t).DSN
	for name, wrong := range map[string]struct{ dsn, code string }{
		"no such database": {with(t, dsn, func(u *url.URL) { u.Path = "/nowhere" }), "3D000"},
		"no such user": {with(t, dsn, func(u *url.URL) {
			q := u.Query()
			q.Set("user", "stranger")
			u.RawQuery = q.Encode()
		}), "28000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := postgres.Connect(t.Context(), wrong.dsn, postgres.Options{WaitFor: time.Hour})

			require.ErrorContains(t, err, wrong.code)
			require.ErrorContains(t, err, "after 1 tries")
		})
	}
	_, err := postgres.Connect(t.Context(), "postgres://:::", postgres.Options{})
	require.ErrorContains(t, err, "read database URL")
}

func open(t *testing.T, dsn string, o postgres.Options) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Connect(t.Context(), dsn, o)
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	return pool
}

func sessionSettings(t *testing.T, pool *pgxpool.Pool) (settings string) {
	t.Helper()
	err := pool.QueryRow(t.Context(), `SELECT concat_ws(' ', current_setting('application_name'), current_setting('timezone'),
		current_setting('statement_timeout'), current_setting('lock_timeout'),
		current_setting('idle_in_transaction_session_timeout'))`).Scan(&settings)
	require.NoError(t, err)
	return settings
}

func with(t *testing.T, dsn string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	change(u)
	return u.String()
}

// logLines receives the messages that are logged.
type logLines chan string

func (l logLines) Enabled(context.Context, slog.Level) bool { return true }
func (l logLines) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l logLines) WithGroup(string) slog.Handler            { return l }
func (l logLines) Handle(_ context.Context, r slog.Record) error {
	l <- r.Message
	return nil
}
