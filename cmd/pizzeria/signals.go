package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// hurry is how long after the first signal another one counts: some senders repeat themselves, such as a shell and a program
// that both pass Ctrl-C on.
const hurry = 300 * time.Millisecond

// untilTold returns a context that ends when the program is told to stop: by Ctrl-C (SIGINT), by a service manager (SIGTERM), or
// because its terminal is gone (SIGHUP), unless nohup has that ignored. Another Ctrl-C or SIGTERM ends the program at once.
func untilTold(parent context.Context) context.Context {
	ctx, stop := context.WithCancelCause(parent)
	signals := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	told := make(chan os.Signal, 8)
	signal.Notify(told, signals...)
	go func() {
		stop(fmt.Errorf("told to stop: %s", <-told))
		first := time.Now()
		for again := range told {
			if by, ok := again.(syscall.Signal); ok && by != syscall.SIGHUP && time.Since(first) > hurry {
				die(by)
			}
		}
	}()
	return ctx
}

// die ends the program as the signal does by itself, so that its parent process sees which signal that was.
func die(by syscall.Signal) {
	signal.Reset(by)
	_ = syscall.Kill(os.Getpid(), by)
	time.Sleep(time.Second) // the first process of a container has no such end
	os.Exit(128 + int(by))
}
