//go:build !linux

package postgres

import (
	"context"
	"syscall"
)

// setUserTimeout leaves the limit to the kernel.
func setUserTimeout(context.Context, string, string, syscall.RawConn) error { return nil }
