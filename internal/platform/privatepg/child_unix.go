//go:build unix && !linux

package privatepg

import "syscall"

// deathSignal says that the kernel signals a child when its parent dies. Here watchParent does.
const deathSignal = false

// childAttr puts the child in a process group of its own, so that Ctrl-C reaches only us and we decide the order.
func childAttr(who account, _ syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: who.credential(), Setpgid: true}
}
