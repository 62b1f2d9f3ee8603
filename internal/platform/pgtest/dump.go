package pgtest

import (
	"crypto/rand"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Empty returns the DSN of a database without anything in it, which is gone when the test ends.
func Empty(t testing.TB) (dsn string) {
	t.Helper()
	server, err := serverURL()
	require.NoError(t, err, "a Postgres server for tests")
	name := databasePrefix + strings.ToLower(rand.Text())
	require.NoError(t, administer(t.Context(), server, "CREATE DATABASE "+name))
	dropAfter(t, server, name)
	return withDatabase(server, name)
}

// EmptyElsewhere is Empty on a server that was begun for it.
func EmptyElsewhere(t testing.TB) (dsn string) {
	t.Helper()
	server, err := StartServer(t.Context())
	require.NoError(t, err, "another Postgres server")
	t.Cleanup(func() { _ = server.Stop() })
	return server.DSN()
}

// Restore dumps a database, as those do who make backups of it, and restores the dump into another one, which is empty.
func Restore(t testing.TB, from, to string) {
	t.Helper()
	dump := filepath.Join(t.TempDir(), "shop.dump")
	runTool(t, "pg_dump", "--format=custom", "--file="+dump, from)
	runTool(t, "pg_restore", "--exit-on-error", "--no-owner", "--dbname="+to, dump)
}

// runTool runs one of Postgres's programs, of the newest version at hand.
func runTool(t testing.TB, name string, arguments ...string) {
	t.Helper()
	installed, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	require.NoError(t, err)
	slices.Sort(installed)
	path := name
	if len(installed) > 0 {
		path = installed[len(installed)-1]
	}
	out, err := exec.CommandContext(t.Context(), path, arguments...).CombinedOutput()
	require.NoError(t, err, "%s, of Postgres's client programs: %s", name, out)
}
