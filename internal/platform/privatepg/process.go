package privatepg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a postmaster that is our child.
type process struct {
	cmd     *exec.Cmd
	logPath string
	ended   chan struct{}
}

func serverArgs(data string, settings []string) []string {
	args := []string{"-D", data}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

func startProcess(bin binaries, data, socket string, who account, fast bool) (*process, error) {
	logPath := data + ".log"
	// Root may work in another user's folder: a link there must not lead it elsewhere.
	out, err := os.OpenFile(logPath, os.O_CREATE|os.O_WRONLY|os.O_TRUNC|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create Postgres log: %w", err)
	}
	defer func() { _ = out.Close() }()
	cmd := exec.Command(bin.path("postgres"), serverArgs(data, serverSettings(socket, fast, usableMemory()))...)
	cmd.SysProcAttr, cmd.Dir, cmd.Env = childAttr(who, syscall.SIGINT), "/", childEnv()
	cmd.Stdout, cmd.Stderr = out, out
	p := &process{cmd: cmd, logPath: logPath, ended: make(chan struct{})}
	started := make(chan error)
	go p.supervise(started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start Postgres: %w", err)
	}
	return p, nil
}

// supervise starts the server and waits for its end on one thread, since the kernel sends the death signal when the
// thread that started the child is gone, even if the program goes on.
func (p *process) supervise(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := p.cmd.Start(); err != nil {
		started <- err
		return
	}
	release := func() {}
	if !deathSignal {
		var err error
		if release, err = watchParent(p.cmd.Process.Pid); err != nil {
			_ = p.cmd.Process.Signal(syscall.SIGINT)
			_ = p.cmd.Wait()
			started <- err
			return
		}
	}
	started <- nil
	_ = p.cmd.Wait()
	release()
	close(p.ended)
}

// awaitReady returns when the server accepts connections. Recovery after a crash reads up to 4 GB of log, and whoever gives
// up on it has to begin anew, hence no short limit.
func (p *process) awaitReady(ctx context.Context, data, socket string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Minute, errors.New("not ready after ten minutes"))
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.ended:
			out, _ := os.ReadFile(p.logPath)
			return fmt.Errorf("start Postgres: %w", withOutput(fmt.Errorf("it ended, %v", p.cmd.ProcessState), out))
		case <-ctx.Done():
			return fmt.Errorf("wait for Postgres: %w", context.Cause(ctx))
		case <-tick.C:
			if p.ready(data, socket) {
				return nil
			}
		}
	}
}

// ready trusts the status file only if it is this process's own.
func (p *process) ready(data, socket string) bool {
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	lines := strings.Split(string(text), "\n")
	if err != nil || len(lines) < 8 || lines[0] != strconv.Itoa(p.cmd.Process.Pid) || strings.TrimSpace(lines[7]) != "ready" {
		return false
	}
	conn, err := net.Dial("unix", filepath.Join(socket, ".s.PGSQL."+port))
	if err != nil {
		return false
	}
	return conn.Close() == nil
}

// stop asks for a fast shutdown: sessions end, a checkpoint is written. Where that hangs, an immediate one follows;
// the next start then recovers from the log.
func (p *process) stop(limit time.Duration) error {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		_ = p.cmd.Process.Signal(sig)
		select {
		case <-p.ended:
			return nil
		case <-time.After(limit):
		}
	}
	return fmt.Errorf("stop Postgres: process %d does not end", p.cmd.Process.Pid)
}

// childEnv keeps PGPORT, PGDATA, locales and the like of the caller away from the server.
func childEnv() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "LC_ALL=C", "TZ=UTC"}
}
