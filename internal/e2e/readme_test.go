package e2e_test

import (
	"bufio"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The shell blocks of README's first order run as they stand, in one shell, against another address.
func TestReadmesFirstOrder(t *testing.T) {
	s := open(t)
	_, section, found := strings.Cut(read(t, "README.md"), "\n## A first order\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(section, -1) {
		script.WriteString(block[1])
	}
	const address = "http://127.0.0.1:8080"
	require.Contains(t, script.String(), address)
	shell := exec.CommandContext(t.Context(), "bash", "-euc", strings.Replace(script.String(), address, s.first.url, 1)+"\nread -r -t 60 _ || true; kill $!")
	shell.Stderr = os.Stderr
	stop, err := shell.StdinPipe()
	require.NoError(t, err)
	out, err := shell.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, shell.Start())

	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "data:") && strings.Contains(lines.Text(), "PREPARATION_STARTED") {
			_, _ = stop.Write([]byte("\n"))
		}
	}

	require.NoError(t, shell.Wait(), said.String())
	require.Regexp(t, `"placeOrder":\{"order":\{"number":\d+,"status":"CONFIRMED","totals":\{"total":\d+\}\},"userErrors":\[\]\}`, said.String())
	require.Contains(t, said.String(), `"startPreparingOrder":{"order":{"status":"PREPARING"},"userErrors":[]}`)
	require.Contains(t, said.String(), `"event":{"type":"PREPARATION_STARTED"},"order":{"status":"PREPARING"}`)
}
