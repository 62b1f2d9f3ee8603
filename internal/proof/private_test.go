package proof_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// What make run starts: the server with a database of its own.
func TestServerWithItsOwnDatabaseKilledAndInterrupted(t *testing.T) {
	t.Parallel()
	environment := []string{"PIZZERIA_DATA_DIR=" + pgtest.Folder(t)}
	folder := environment[0][len("PIZZERIA_DATA_DIR="):]
	first := demo(t, environment...)
	session, pizza := signIn(t, first.url, "customer@example.com"), firstPizza(t, first.url)
	told, err := order(t.Context(), first.url, session, pizza, "told", "tok_ok")
	require.NoError(t, err)
	require.Equal(t, "CONFIRMED", told.Order.Status)

	postgres := postmasterPID(t, folder)
	cut := make(chan error)
	go func() {
		_, err := order(t.Context(), first.url, session, pizza, "cut off", "tok_timeout")
		cut <- err
	}()
	requireBegun(t, first, 2)
	first.kill()
	require.Error(t, <-cut)
	requireGone(t, postgres)

	second := demo(t, environment...)
	postgres = postmasterPID(t, folder)
	again, err := order(t.Context(), second.url, session, pizza, "told", "tok_ok")
	require.NoError(t, err)
	require.Equal(t, told, again)
	listed, err := ask[struct {
		Orders struct{ Nodes []struct{ ID string } }
	}](t.Context(), second.url, session, `{ orders { nodes { id } } }`, nil)
	require.NoError(t, err)
	require.Len(t, listed.Orders.Nodes, 2, "what was committed outlives both")
	totals := ledgerTotals(t, second.ledger)
	require.Len(t, totals, 2)
	for _, b := range totals {
		require.Equal(t, 1, b.Charges)
	}

	socket, _, err := websocket.Dial(t.Context(), strings.Replace(second.url, "http", "ws", 1),
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	require.NoError(t, err)
	defer socket.CloseNow()
	require.NoError(t, socket.Write(t.Context(), websocket.MessageText, []byte(`{"type":"connection_init"}`)))
	_, message, err := socket.Read(t.Context())
	require.NoError(t, err)
	require.Contains(t, string(message), "connection_ack")
	closed := make(chan websocket.StatusCode)
	go func() {
		_, _, err := socket.Read(t.Context())
		closed <- websocket.CloseStatus(err)
	}()
	require.Zero(t, second.interrupt(t), "%s", second.errs)
	require.Contains(t, []websocket.StatusCode{websocket.StatusServiceRestart, websocket.StatusGoingAway}, <-closed)
	requireGone(t, postgres)
}

// requireBegun waits until the gateway has charged for the given number of orders.
func requireBegun(t *testing.T, p *program, orders int) {
	t.Helper()
	require.Eventually(t, func() bool { return len(ledgerTotals(t, p.ledger)) == orders }, time.Minute, 10*time.Millisecond)
}

// postmasterPID returns the process id of the Postgres that runs on the data folder.
func postmasterPID(t *testing.T, folder string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "demo", "postgres-*", "postmaster.pid"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	text, err := os.ReadFile(found[0])
	require.NoError(t, err)
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	require.NoError(t, err)
	return pid
}

func requireGone(t *testing.T, pid int) {
	t.Helper()
	require.Eventually(t, func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }, time.Minute, 20*time.Millisecond,
		"Postgres %d is still there", pid)
}
