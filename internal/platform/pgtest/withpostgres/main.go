// Command withpostgres runs another command, usually go test, with a fast throwaway Postgres server that all its
// processes share, and ends with that command's exit status:
//
//	go run ./internal/platform/pgtest/withpostgres -- go test -race ./...
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"pizzeria/internal/platform/pgtest"
)

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres [--] COMMAND [ARGUMENT]...")
		os.Exit(2)
	}
	status, err := run(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
	}
	os.Exit(status)
}

// run returns the exit status of the command, or 1 with an error if it could not be run.
func run(args []string) (status int, err error) {
	// From here on Ctrl-C is for the command, which the terminal tells itself; we end after it.
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	server, err := pgtest.StartServer(context.Background())
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()

	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), pgtest.ServerVariable+"="+server.DSN())
	if err := cmd.Start(); err != nil {
		return 1, fmt.Errorf("run %s: %w", args[0], err)
	}
	go func() {
		for s := range signals {
			if s != syscall.SIGINT {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err = cmd.Wait()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		if ws := failed.Sys().(syscall.WaitStatus); ws.Signaled() {
			return 128 + int(ws.Signal()), nil
		}
		return failed.ExitCode(), nil
	}
	if err != nil {
		return 1, fmt.Errorf("run %s: %w", args[0], err)
	}
	return 0, nil
}
