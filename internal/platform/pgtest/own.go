package pgtest

import (
	"context"
	"log/slog"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/privatepg"
	"pizzeria/migrations"
)

// Own is a durable server of a test's own, to be killed and to be suspended. Its database has the project's schema. Its data
// outlives a kill, and so does its DSN.
type Own struct {
	dir     string
	running *privatepg.Server
	// watch knows the server's processes. It is opened before anything happens to them.
	monitor   *pgx.Conn
	suspended []int
}

// NewOwn starts one. It is gone when the test ends.
func NewOwn(t testing.TB) *Own {
	t.Helper()
	s := &Own{dir: Folder(t)}
	s.Start(t)
	t.Cleanup(func() {
		s.Resume()
		_ = s.monitor.Close(context.Background())
		if err := s.running.Stop(); err != nil {
			t.Errorf("stop the test's own server: %v", err)
		}
	})
	_, err := postgres.Migrate(t.Context(), s.DSN(), migrations.FS, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return s
}

// DSN leads to the database, whenever the server runs.
func (s *Own) DSN() string { return s.running.DSN() }

// Start starts the server, again if it was killed, and returns when it answers.
func (s *Own) Start(t testing.TB) {
	t.Helper()
	require.Eventually(t, func() bool {
		// It doesn't start as long as the system still clears a killed one away.
		running, err := privatepg.Start(t.Context(), privatepg.Options{Dir: s.dir})
		if err == nil {
			s.running = running
		}
		return err == nil
	}, time.Minute, 20*time.Millisecond)
	var err error
	s.monitor, err = pgx.Connect(t.Context(), s.DSN())
	require.NoError(t, err)
}

// Demote has all sessions see what those of a primary see that has become a standby: nothing can be written.
func (s *Own) Demote(t testing.TB) {
	t.Helper()
	s.setReadOnly(t, "on")
}

// Promote ends what Demote began.
func (s *Own) Promote(t testing.TB) {
	t.Helper()
	s.setReadOnly(t, "off")
}

func (s *Own) setReadOnly(t testing.TB, to string) {
	t.Helper()
	for _, sql := range []string{"ALTER SYSTEM SET default_transaction_read_only = " + to, "SELECT pg_reload_conf()"} {
		_, err := s.monitor.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
}

// Kill ends all of the server's processes at once, as a power cut does.
func (s *Own) Kill(t testing.TB) {
	t.Helper()
	s.Suspend(t)
	s.signal(syscall.SIGKILL)
	s.suspended = nil
	<-s.running.Done()
	require.NoError(t, s.running.Stop()) // lets go of the folder
}

// Suspend stops the server's processes (SIGSTOP): connections stay open, and nothing answers.
func (s *Own) Suspend(t testing.TB) {
	t.Helper()
	// Without the postmaster there won't be new ones.
	s.suspended = []int{s.running.PID()}
	s.signal(syscall.SIGSTOP)
	rows, err := s.monitor.Query(t.Context(), "SELECT a.pid FROM pg_catalog.pg_stat_activity AS a")
	require.NoError(t, err)
	children, err := pgx.CollectRows(rows, pgx.RowTo[int])
	require.NoError(t, err)
	s.suspended = append(children, s.suspended...)
	s.signal(syscall.SIGSTOP)
}

// Resume lets the processes go on.
func (s *Own) Resume() {
	slices.Reverse(s.suspended)
	s.signal(syscall.SIGCONT)
	s.suspended = nil
}

func (s *Own) signal(what syscall.Signal) {
	for _, pid := range s.suspended {
		_ = syscall.Kill(pid, what) // one that has ended by itself is none to care about
	}
}
