package postgres

import (
	"context"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// setUserTimeout has the kernel give up a connection whose packets are not acknowledged; by default it retransmits for a
// quarter of an hour.
func setUserTimeout(_ context.Context, network, _ string, raw syscall.RawConn) error {
	if !strings.HasPrefix(network, "tcp") {
		return nil
	}
	var err error
	if failed := raw.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(unacknowledgedTimeout.Milliseconds()))
	}); failed != nil {
		return failed
	}
	return err
}
