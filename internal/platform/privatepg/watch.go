package privatepg

import (
	"fmt"
	"os/exec"
	"strconv"
	"syscall"
)

// watchParent starts a shell that reads from a pipe held by this process: if the pipe breaks, this process is dead,
// and the shell interrupts pid. release tells the shell to leave without doing so and waits for it; call it once pid
// has ended, before its number can be given to another process.
func watchParent(pid int) (release func(), err error) {
	cmd := exec.Command("/bin/sh", "-c", `read -r line || kill -INT "$1"`, "sh", strconv.Itoa(pid))
	cmd.SysProcAttr, cmd.Dir = &syscall.SysProcAttr{Setpgid: true}, "/"
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("watch over Postgres: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("watch over Postgres: %w", err)
	}
	return func() {
		_, _ = pipe.Write([]byte("ended\n"))
		_ = cmd.Wait()
	}, nil
}
