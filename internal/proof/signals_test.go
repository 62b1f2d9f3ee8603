package proof_test

import (
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

func TestSignalsThatServicesGet(t *testing.T) {
	t.Parallel()
	environment := []string{"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN}
	for name, by := range map[string]syscall.Signal{"Ctrl-C": syscall.SIGINT, "a service manager": syscall.SIGTERM, "a terminal that closes": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, environment...)
			if by == syscall.SIGHUP { // the kernel sends it, and the shell once more
				require.NoError(t, s.cmd.Process.Signal(by))
			}
			require.Zero(t, s.end(t, by), "%s", s.errs)
		})
	}
}

// A request that doesn't end keeps a server that is told to stop, for some seconds.
func busy(t *testing.T) *program {
	t.Helper()
	s := serve(t, "PIZZERIA_DATABASE_URL="+pgtest.New(t).DSN)
	conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/graphql"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_, err = conn.Write([]byte("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"))
	require.NoError(t, err)
	_, err = ask[struct{ Locations []struct{ ID string } }](t.Context(), s.url, "", `{ locations { id } }`, nil)
	require.NoError(t, err, "by now the other request has been seen")
	return s
}

func TestAnotherSignalEndsTheServerAtOnce(t *testing.T) {
	t.Parallel()
	for _, by := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		s := busy(t)
		require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
		time.Sleep(time.Second)

		s.end(t, by)

		status, ok := s.cmd.ProcessState.Sys().(syscall.WaitStatus)
		require.True(t, ok)
		require.True(t, status.Signaled(), "%v", s.cmd.ProcessState)
		require.Equal(t, by, status.Signal())
	}
}

// Shells and programs between pass one Ctrl-C on twice, and a terminal that closes tells all its processes.
func TestASignalThatIsSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	for _, by := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		s := serve(t, "PIZZERIA_DATABASE_URL="+pgtest.New(t).DSN)
		require.NoError(t, s.cmd.Process.Signal(by))
		require.NoError(t, s.cmd.Process.Signal(syscall.SIGHUP))
		require.Zero(t, s.end(t, by), "%s", s.errs)
	}
}

func TestNohupKeepsTheServerOpen(t *testing.T) {
	t.Parallel()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command("sh", "-c", `trap '' HUP; exec "$0" serve`, filepath.Join(folder, "pizzeria"))
	cmd.Env = slices.Concat(inherited(), []string{"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN, "PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0"})
	s := startCommand(t, "/_ledger", cmd)

	require.NoError(t, s.cmd.Process.Signal(syscall.SIGHUP))
	time.Sleep(500 * time.Millisecond)

	_, err = ask[struct{ Locations []struct{ ID string } }](t.Context(), s.url, "", `{ locations { id } }`, nil)
	require.NoError(t, err)
	require.Zero(t, s.terminate(t), "%s", s.errs)
}

// The reader of the server's output may end before the server: a pager, a log collector that is restarted.
func TestAServerOutlivesTheReadersOfItsLog(t *testing.T) {
	t.Parallel()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(folder, "pizzeria"), "serve")
	cmd.Env = slices.Concat(inherited(), []string{"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN, "PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0"})
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	log, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	said := make([]byte, 0, 4096)
	for !strings.Contains(string(said), "/_ledger") {
		some := make([]byte, 1024)
		n, err := out.Read(some)
		require.NoError(t, err)
		said = append(said, some[:n]...)
	}
	require.NoError(t, out.(io.Closer).Close())
	require.NoError(t, log.(io.Closer).Close())

	_, after, _ := strings.Cut(string(said), "GraphQL")
	url := address.FindString(after) + "/graphql"
	for range 3 { // each is a line of the access log
		_, err = ask[struct{ Locations []struct{ ID string } }](t.Context(), url, "", `{ locations { id } }`, nil)
		require.NoError(t, err)
	}
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait())
}
