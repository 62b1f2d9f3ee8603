package transport_test

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// node runs a script of testdata/clients, whose packages are installed first if they aren't there.
type node struct{ install func() error }

func newNode() *node {
	return &node{install: sync.OnceValue(func() error {
		if _, err := os.Stat("testdata/clients/node_modules"); err == nil {
			return nil
		}
		npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
		npm.Dir, npm.Stderr = "testdata/clients", os.Stderr
		return npm.Run()
	})}
}

func (n *node) run(t *testing.T, script string, args ...string) (lines []string) {
	t.Helper()
	require.NoError(t, n.install())
	cmd := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
	cmd.Dir, cmd.Stderr = "testdata/clients", os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func TestOtherPeoplesClients(t *testing.T) {
	t.Parallel()
	js := newNode()
	const ticks = `subscription { ticks(count: 2) { n } }`
	ticked := []string{`{"data":{"ticks":{"cursor":"c1","n":1,"pad":""}}}`, `{"data":{"ticks":{"cursor":"c2","n":2,"pad":""}}}`, "complete"}

	t.Run("all 61 audits of graphql-http pass", func(t *testing.T) {
		t.Parallel()
		results := js.run(t, "audit.mjs", start(t).url)
		require.Len(t, results, 61)
		for _, result := range results {
			require.True(t, strings.HasPrefix(result, "ok "), result)
		}
	})
	t.Run("graphql-ws", func(t *testing.T) {
		t.Parallel()
		url := strings.Replace(start(t).url, "http", "ws", 1)
		require.Equal(t, ticked, js.run(t, "socket.mjs", url, ticks, "anna"))
		require.Equal(t, []string{"error FORBIDDEN"}, js.run(t, "socket.mjs", url, `subscription { refused { n } }`))
		require.Equal(t, []string{"error FORBIDDEN_TRANSPORT"}, js.run(t, "socket.mjs", url, `mutation { touch }`))
		require.Equal(t, []string{"error 4403"}, js.run(t, "socket.mjs", url, ticks, "nobody"))
		require.Equal(t, []string{"error 1013"}, js.run(t, "socket.mjs", url, `subscription { closes(code: 1013) { n } }`))
	})
	t.Run("graphql-sse", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, ticked, js.run(t, "stream.mjs", start(t).url, ticks))
	})
}
