// Package nodetest runs scripts of a folder with Node, for tests with the clients that people use.
package nodetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Scripts is a folder with scripts and a locked list of the npm packages that they use.
type Scripts struct {
	folder  string
	install func() error
}

// In takes the scripts of a folder. Their packages are installed before the first one runs, unless they are there: npm writes
// its own list of them when it has finished.
func In(folder string) *Scripts {
	return &Scripts{folder, sync.OnceValue(func() error {
		if _, err := os.Stat(filepath.Join(folder, "node_modules/.package-lock.json")); err == nil {
			return nil
		}
		npm := exec.CommandContext(context.Background(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
		npm.Dir, npm.Stderr = folder, os.Stderr
		return npm.Run()
	})}
}

// Run runs a script, which has to succeed, and returns the lines that it prints.
func (s *Scripts) Run(t testing.TB, script string, args ...string) []string {
	t.Helper()
	require.NoError(t, s.install())
	cmd := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
	cmd.Dir, cmd.Stderr = s.folder, os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s %s", script, out)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
