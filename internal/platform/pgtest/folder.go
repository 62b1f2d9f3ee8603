package pgtest

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Folder returns a temporary folder in which a private server can have its data, also when the test runs as root: the
// server is another user then, who may not enter what t.TempDir returns.
func Folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pizzeria-data-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}
