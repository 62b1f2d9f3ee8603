package proof_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	status := m.Run()
	if folder, err := built(); err == nil {
		_ = os.RemoveAll(folder)
	}
	os.Exit(status)
}

// built compiles the program once, and returns its folder.
var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "pizzeria-proof-")
	if err != nil {
		return "", err
	}
	arguments := append([]string{"build", "-o", filepath.Join(folder, "pizzeria")}, raceFlag...)
	out, err := exec.Command("go", append(arguments, "pizzeria/cmd/pizzeria")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return folder, nil
})

// program is a running pizzeria.
type program struct {
	cmd    *exec.Cmd
	ended  chan struct{}
	errs   *output
	ledger string // URL of the gateway's books, if it runs one
	url    string // of the API, if it serves one
	admin  string // URL of its admin address, if it has one
}

// output can be read while it is written.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

var address = regexp.MustCompile(`http://[0-9.:]+`)

// start runs the program with the settings given, and no others, and returns once it has printed a line that
// contains ready. Races that the program reports fail the test.
func start(t *testing.T, ready string, environment []string, arguments ...string) *program {
	t.Helper()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(folder, "pizzeria"), arguments...)
	cmd.Env = slices.Concat(environment, inherited())
	return startCommand(t, ready, cmd)
}

// startCommand is start for a command that leads to the program.
func startCommand(t *testing.T, ready string, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{cmd: cmd, ended: make(chan struct{}), errs: &output{}}
	p.cmd.Stderr = p.errs
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	lines := make(chan string)
	go func() {
		defer close(p.ended)
		for scan := bufio.NewScanner(out); scan.Scan(); {
			lines <- scan.Text()
		}
		close(lines)
		_ = p.cmd.Wait()
	}()
	t.Cleanup(func() {
		p.kill()
		require.NotContains(t, p.errs.String(), "DATA RACE")
	})
	timeout := time.After(60 * time.Second)
	for {
		select {
		case line, open := <-lines:
			require.True(t, open, "%v ended at once: %s", cmd.Args, p.errs)
			switch found := address.FindString(line); {
			case strings.Contains(line, "GraphQL"):
				p.url = found + "/graphql"
			case strings.Contains(line, "/_ledger"):
				p.ledger = found
			case strings.Contains(line, "admin"):
				p.admin = found
			}
			if strings.Contains(line, ready) {
				go func() {
					for range lines { // so that it can go on writing
					}
				}()
				return p
			}
		case <-timeout:
			require.Fail(t, "not ready", "%v: %s", cmd.Args, p.errs)
		}
	}
}

// inherited returns the variables that a program needs to run at all, and to find Postgres.
func inherited() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return !slices.Contains([]string{"PATH", "HOME", "TMPDIR", "PIZZERIA_PG_BIN"}, name)
	})
}

func serve(t *testing.T, environment ...string) *program {
	t.Helper()
	return serveAs(t, "serve", environment...)
}

// demo opens the demo, which has a private Postgres.
func demo(t *testing.T, environment ...string) *program {
	t.Helper()
	return serveAs(t, "demo", environment...)
}

func serveAs(t *testing.T, command string, environment ...string) *program {
	t.Helper()
	last := "/_ledger" // the last line to come is about the gateway, if there is one inside
	if slices.ContainsFunc(environment, func(v string) bool { return strings.HasPrefix(v, "PIZZERIA_STRIPE_API_BASE=") }) {
		last = "admin"
	}
	return start(t, last, append(environment, "PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0", "PIZZERIA_RATE_LIMIT=off", "PIZZERIA_PLAYGROUND=off", "PIZZERIA_LOG_LEVEL=warn"), command)
}

// run runs the program to its end.
func run(t *testing.T, environment []string, arguments ...string) string {
	t.Helper()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(folder, "pizzeria"), arguments...)
	cmd.Env = slices.Concat(environment, inherited())
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

// kill ends the program without a warning, as a power cut would.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// interrupt sends SIGINT, as Ctrl-C does, and returns the exit status.
func (p *program) interrupt(t *testing.T) int {
	t.Helper()
	return p.end(t, syscall.SIGINT)
}

// terminate sends SIGTERM, as service managers do, and returns the exit status.
func (p *program) terminate(t *testing.T) int {
	t.Helper()
	return p.end(t, syscall.SIGTERM)
}

func (p *program) end(t *testing.T, by syscall.Signal) int {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(by))
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		require.Fail(t, "the program still runs", "%s", p.errs)
	}
	return p.cmd.ProcessState.ExitCode()
}
