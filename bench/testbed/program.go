package testbed

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Program is a running program: the server, or one that it is compared with.
type Program struct {
	URL   string // of its public address
	Admin string // of its admin address, "" if it has none

	cmd   *exec.Cmd
	ended chan error
	errs  *bytes.Buffer // readable once it has ended
}

// Build compiles a package of this module and returns the program's path.
func (l *Testbed) Build(ctx context.Context, pkg string) (string, error) {
	path := filepath.Join(l.folder, filepath.Base(pkg))
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", path, pkg).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return path, nil
}

// Serve starts the server on a database. The limits of a single client are off, since one machine acts for all clients, and
// so is the access log, which would measure the terminal. Settings are added to these: "GOGC=200".
func (l *Testbed) Serve(ctx context.Context, server, database string, settings ...string) (*Program, error) {
	environment := append(slices.Clone(serverSettings), "PIZZERIA_DATABASE_URL="+l.DSN(database))
	return start(ctx, "admin", append(environment, settings...), server, "serve")
}

// ServeFirst opens the demo, whose private Postgres is in a new folder.
func (l *Testbed) ServeFirst(ctx context.Context, server string) (*Program, error) {
	folder, err := os.MkdirTemp(l.folder, "first-")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return start(ctx, "admin", append(slices.Clone(serverSettings), "PIZZERIA_DATA_DIR="+folder), server, "demo")
}

var serverSettings = []string{
	"PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0", "PIZZERIA_RATE_LIMIT=off", "PIZZERIA_LIMIT_USER_SOCKETS=off", "PIZZERIA_LIMIT_ADDRESS_SOCKETS=off",
	"PIZZERIA_PLAYGROUND=off", "PIZZERIA_ACCESS_LOG=off", "PIZZERIA_LOG_LEVEL=warn",
}

// ServeReference starts, on a database, a program that the server is compared with. ready is a part of the line in which the
// program prints its URL.
func (l *Testbed) ServeReference(ctx context.Context, program, ready, database string) (*Program, error) {
	return start(ctx, ready, []string{"DATABASE_URL=" + l.DSN(database)}, program)
}

// readyWithin is how long a program may take to start.
const readyWithin = time.Minute

var address = regexp.MustCompile(`http://[0-9.:]+`)

// start runs a program and returns once it has printed a line that contains ready.
func start(ctx context.Context, ready string, environment []string, path string, arguments ...string) (*Program, error) {
	p := &Program{cmd: exec.CommandContext(ctx, path, arguments...), ended: make(chan error, 1), errs: &bytes.Buffer{}}
	p.cmd.Env = append(slices.Clone(environment), "PATH="+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"), "TMPDIR="+os.TempDir(),
		"PIZZERIA_PG_BIN="+os.Getenv("PIZZERIA_PG_BIN"))
	p.cmd.Stderr = p.errs
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = 30 * time.Second
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	timeout := time.AfterFunc(readyWithin, func() { _ = p.cmd.Process.Kill() })
	defer timeout.Stop()
	for scan := bufio.NewScanner(out); scan.Scan(); {
		p.readAddress(scan.Text())
		if strings.Contains(scan.Text(), ready) {
			go func() {
				_, _ = io.Copy(io.Discard, out) // so that it can go on writing
				p.ended <- p.cmd.Wait()
			}()
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s ended before it was ready: %w\n%s", path, errors.Join(p.cmd.Wait()), p.errs)
}

func (p *Program) readAddress(line string) {
	switch found := address.FindString(line); {
	case strings.Contains(line, "GraphQL"):
		p.URL = found + "/graphql"
	case strings.Contains(line, "raw limit"):
		p.URL = found
	case strings.Contains(line, "admin"):
		p.Admin = found
	}
}

// Stop asks the program to end and waits until it has.
func (p *Program) Stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.ended:
		p.ended <- err
		if err != nil {
			return fmt.Errorf("stop %s: %w\n%s", p.cmd.Path, err, p.errs)
		}
		return nil
	case <-time.After(30 * time.Second):
		_ = p.cmd.Process.Kill()
		return fmt.Errorf("stop %s: it still runs after 30 s\n%s", p.cmd.Path, p.errs)
	}
}
