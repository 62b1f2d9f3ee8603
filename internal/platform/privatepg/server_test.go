package privatepg

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestDataSurviveARestart(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, Options{Dir: dir})
	run(t, first, "CREATE TABLE public.kept (id bigint)")
	require.NoError(t, first.Stop())
	require.NoError(t, first.Stop(), "a second stop")

	second := start(t, Options{Dir: dir})

	require.Equal(t, "0", ask(t, second, "SELECT count(*)::text FROM public.kept"))
	require.Equal(t, "pizzeria", ask(t, second, "SELECT current_database()"))
	require.Contains(t, second.PsqlCommand(), `psql "postgres:///pizzeria?host=`)
}

func TestServerIsDurableUnlessFast(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	const settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings " +
		"WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'max_connections', 'jit', 'listen_addresses')"

	careful := start(t, Options{Dir: dir})
	fast := start(t, Options{Dir: dir, Fast: true}) // on other data, hence no conflict

	require.Equal(t, "fsync=on full_page_writes=on jit=off listen_addresses= max_connections=100 synchronous_commit=on",
		ask(t, careful, settings))
	require.Equal(t, "fsync=off full_page_writes=off jit=off listen_addresses= max_connections=300 synchronous_commit=off",
		ask(t, fast, settings))
	require.NoError(t, fast.Stop())
	require.NoDirExists(t, fast.data)
}

func TestSecondStartIsRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, Options{Dir: dir})

	_, err := Start(t.Context(), Options{Dir: dir})

	require.ErrorIs(t, err, ErrInUse)
	require.ErrorContains(t, err, "process "+strconv.Itoa(os.Getpid()))
	require.Equal(t, "1", ask(t, first, "SELECT '1'"), "the first goes on")
}

func TestKilledParentLeavesNoServer(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	line, kill := startHelper(t, "server", dir, nil)
	pid, err := strconv.Atoi(line)
	require.NoError(t, err, line)

	kill()
	next := start(t, Options{Dir: dir}) // at once, while the old server may still be stopping

	requireGone(t, pid)
	require.NotEqual(t, pid, next.PID())
	require.Equal(t, "1", ask(t, next, "SELECT '1'"))
}

func TestWatchEndsTheChildOfAKilledParent(t *testing.T) {
	t.Parallel()
	line, kill := startHelper(t, "watch", "", nil)
	pid, err := strconv.Atoi(line)
	require.NoError(t, err, line)
	require.NoError(t, syscall.Kill(pid, 0))

	kill()

	requireGone(t, pid)
}

func TestOrphanIsStopped(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	orphan := start(t, Options{Dir: dir})
	require.NoError(t, orphan.lock.Close()) // as if its parent were dead

	next := start(t, Options{Dir: dir, Log: discard})

	<-orphan.Done()
	require.Equal(t, "1", ask(t, next, "SELECT '1'"))
}

func TestStalePidFileOfAnotherProcess(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	p := start(t, Options{Dir: dir})
	pidFile := filepath.Join(p.data, "postmaster.pid")
	text, err := os.ReadFile(pidFile)
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(p.PID(), syscall.SIGKILL))
	<-p.Done()
	require.NoError(t, p.Stop())
	// The dead server's number belongs to a living process now: this one.
	stale := strings.Replace(string(text), strconv.Itoa(p.PID()), strconv.Itoa(os.Getpid()), 1)
	require.NoError(t, os.WriteFile(pidFile, []byte(stale), 0o600))

	require.Eventually(t, func() bool { // sessions of the killed server may take a moment to notice
		next, err := Start(t.Context(), Options{Dir: dir})
		return err == nil && next.Stop() == nil
	}, 30*time.Second, 100*time.Millisecond)
}

func TestUnfinishedDataFolderIsMadeAgain(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	p := start(t, Options{Dir: dir})
	require.NoError(t, p.Stop())
	require.NoError(t, os.Rename(p.data, p.data+".new"))
	require.NoError(t, os.Remove(filepath.Join(p.data+".new", "PG_VERSION")))

	next := start(t, Options{Dir: dir})

	require.Equal(t, "1", ask(t, next, "SELECT '1'"))
}

func TestFailedStartShowsThePostgresLog(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	p := start(t, Options{Dir: dir})
	require.NoError(t, p.Stop())
	require.NoError(t, os.Remove(filepath.Join(p.data, "global", "pg_control")))

	_, err := Start(t.Context(), Options{Dir: dir})

	require.ErrorContains(t, err, "pg_control")
}

func TestJoiningUsesAServerOfAnotherProcessAndLeavesItAlone(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	running := start(t, Options{Dir: dir})

	joined, err := Start(t.Context(), Options{Dir: dir, Join: true})
	require.NoError(t, err)
	require.Equal(t, running.DSN(), joined.DSN())
	for range 2 {
		require.Equal(t, "1", ask(t, joined, "SELECT 1"))
		require.NoError(t, joined.Stop())
	}
}

var discard = slog.New(slog.DiscardHandler)

func start(t *testing.T, o Options) *Server {
	t.Helper()
	p, err := Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Stop() })
	return p
}

func run(t *testing.T, p *Server, sql string) {
	t.Helper()
	conn := connect(t, p)
	_, err := conn.Exec(t.Context(), sql)
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
}

func ask(t *testing.T, p *Server, sql string) string {
	t.Helper()
	conn := connect(t, p)
	var answer string
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&answer))
	require.NoError(t, conn.Close(t.Context()))
	return answer
}

func connect(t *testing.T, p *Server) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.DSN())
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func requireGone(t *testing.T, pid int) {
	t.Helper()
	require.Eventually(t, func() bool {
		state, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		zombie := err == nil && strings.Contains(string(state), ") Z ") // dead, where nobody reaps orphans
		return zombie || syscall.Kill(pid, 0) != nil
	}, 30*time.Second, 20*time.Millisecond)
}
