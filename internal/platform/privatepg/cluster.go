package privatepg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// createCluster runs initdb unless data exist; throwaway data it always makes anew. It works in a folder beside them and
// renames it at the end, so that a crash never leaves half a cluster under the real name.
func createCluster(ctx context.Context, bin binaries, data string, who account, o Options) error {
	if o.Fast {
		if err := os.RemoveAll(data); err != nil {
			return fmt.Errorf("remove throwaway data: %w", err)
		}
	}
	switch info, err := os.Lstat(filepath.Join(data, "PG_VERSION")); {
	case err == nil:
		if owner := info.Sys().(*syscall.Stat_t).Uid; owner != who.uid {
			return fmt.Errorf("data in %s belong to uid %d, not to %s", data, owner, who.name)
		}
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("look for data: %w", err)
	}
	o.Log.Info("creating a Postgres data folder", "data", data)
	draft := data + ".new"
	if err := removeDraft(ctx, draft); err != nil {
		return fmt.Errorf("remove an unfinished data folder: %w", err)
	}
	if err := os.Mkdir(draft, 0o700); err != nil {
		return fmt.Errorf("create data folder: %w", err)
	}
	if err := who.adopt(draft); err != nil {
		return fmt.Errorf("hand data folder to the server: %w", err)
	}
	args := []string{"-D", draft, "-U", databaseUser, "-A", "trust", "-E", "UTF8", "--locale=C"}
	if o.Fast {
		args = append(args, "--no-sync")
	}
	// The death signal is bound to the thread that starts the child.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, bin.path("initdb"), args...)
	cmd.SysProcAttr, cmd.Dir, cmd.Env = childAttr(who, syscall.SIGKILL), "/", childEnv()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("create data folder with initdb: %w", withOutput(err, out))
	}
	if err := os.Rename(draft, data); err != nil {
		return fmt.Errorf("name data folder: %w", err)
	}
	return nil
}

// stopOrphan ends the server that a killed run left on these data, which happens where the kernel has no death
// signal, and waits for one that is just stopping. The caller holds the lock of the folder.
func stopOrphan(data string, log *slog.Logger) error {
	pidFile := filepath.Join(data, "postmaster.pid")
	text, err := os.ReadFile(pidFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", pidFile, err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 || !runs(pid, data) {
		// Postgres removes a stale file itself, except where another process has got the number since.
		if err := os.Remove(pidFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove stale %s: %w", pidFile, err)
		}
		return nil
	}
	log.Warn("stopping a Postgres that an earlier run left behind", "pid", pid)
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		_ = syscall.Kill(pid, sig)
		for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if !runs(pid, data) {
				return nil
			}
		}
	}
	return fmt.Errorf("process %d, a Postgres on %s left by an earlier run, does not stop: end it by hand", pid, data)
}

// runs says whether the process is a Postgres on these data, not just any process with a number that was reused.
func runs(pid int, data string) bool {
	if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
		return false
	}
	if args, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return strings.Contains(string(args), "\x00"+data+"\x00")
	}
	if _, err := os.Stat("/proc/self/cmdline"); err == nil {
		return false // gone between the two looks
	}
	args, err := exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(args), "-D "+data+" ")
}

// withOutput adds the end of what a failed program printed, on one line.
func withOutput(err error, out []byte) error {
	text := strings.TrimSpace(string(out))
	if text == "" {
		return err
	}
	lines := strings.Split(text, "\n")
	return fmt.Errorf("%w: %s", err, strings.Join(lines[max(0, len(lines)-3):], "; "))
}

// draftTries and draftPause limit how long a child of an initdb that was killed may go on writing to the folder that it was making.
const (
	draftTries = 50
	draftPause = 100 * time.Millisecond
)

func removeDraft(ctx context.Context, draft string) (err error) {
	for range draftTries {
		if err = os.RemoveAll(draft); !errors.Is(err, syscall.ENOTEMPTY) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(draftPause):
		}
	}
	return err
}
