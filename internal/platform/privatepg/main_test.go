package privatepg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// helpers are the programs that this test binary is when it runs itself as another process, to be killed. Each prints
// one line once it is up, and stays until its standard input ends.
var helpers = map[string]func(argument string) string{
	"server": func(dir string) string {
		p, err := Start(context.Background(), Options{Dir: dir})
		if err != nil {
			return err.Error()
		}
		return fmt.Sprint(p.PID())
	},
	"upgrade": func(dir string) string { // it goes on until it is killed, or done
		_, _, err := Upgrade(context.Background(), Options{Dir: dir}, copyKept)
		return fmt.Sprint(err)
	},
	"watch": func(string) string {
		cmd := exec.Command("sleep", "600")
		if err := cmd.Start(); err != nil {
			return err.Error()
		}
		if _, err := watchParent(cmd.Process.Pid); err != nil {
			return err.Error()
		}
		return fmt.Sprint(cmd.Process.Pid)
	},
}

func TestMain(m *testing.M) {
	if run, ok := helpers[os.Getenv("PRIVATEPG_TEST_HELPER")]; ok {
		fmt.Println(run(os.Getenv("PRIVATEPG_TEST_ARGUMENT")))
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// startHelper runs one of the helpers, as another user if credential is set, and returns its line. The helper is
// killed at the end of the test, as kill does when called, both with SIGKILL.
func startHelper(t *testing.T, name, argument string, credential *syscall.Credential) (line string, kill func()) {
	t.Helper()
	cmd, out := helper(t, name, argument, credential)
	require.NoError(t, cmd.Start())
	kill = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	return strings.TrimSpace(line), kill
}

// helper prepares a process that is one of the helpers.
func helper(t *testing.T, name, argument string, credential *syscall.Credential) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command(sharedCopy(t))
	temp := folder(t) // where a killed server's socket stays
	require.NoError(t, os.Chmod(temp, 0o777))
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "PRIVATEPG_TEST_HELPER="+name, "PRIVATEPG_TEST_ARGUMENT="+argument)
	cmd.SysProcAttr, cmd.Dir, cmd.Stderr = &syscall.SysProcAttr{Credential: credential}, "/", os.Stderr
	_, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	return cmd, out
}

// sharedCopy puts the test binary where any user may run it.
func sharedCopy(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	text, err := os.ReadFile(self)
	require.NoError(t, err)
	path := filepath.Join(folder(t), "helper")
	writeProgram(t, path, text)
	return path
}

// writeProgram writes what can be run at once. Nobody forks meanwhile: a child that had the file open for writing, until it runs
// another program, would keep this one from being run (ETXTBSY).
func writeProgram(t *testing.T, path string, text []byte) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	require.NoError(t, os.WriteFile(path, text, 0o755))
}

// folder is a temporary folder that any user may enter, unlike t.TempDir's: as root, the server is another user.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pizzeria-privatepg-test-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}
