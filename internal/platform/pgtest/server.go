package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"pizzeria/internal/platform/privatepg"
)

// server is started at most once per test binary. It has no Stop: tests have no common end, so it
// is left to end with the process. It has to stay reachable until then: collected, it would let go of its folder.
var server = sync.OnceValues(func() (*privatepg.Server, error) {
	return StartServer(context.Background())
})

func serverURL() (string, error) {
	if url := os.Getenv(ServerVariable); url != "" {
		if !strings.Contains(url, "://") {
			return "", fmt.Errorf("%s is not a URL", ServerVariable)
		}
		return url, nil
	}
	running, err := server()
	if err != nil {
		return "", err
	}
	return running.DSN(), nil
}

// StartServer starts a fast, empty private server in the first free one of some numbered folders, in memory where there is room.
// Numbers, because several test binaries may run at once, and fixed ones, so that what killed processes leave behind is
// cleared away by the next.
func StartServer(ctx context.Context) (*privatepg.Server, error) {
	parent := serversFolder()
	for i := range 32 {
		dir := filepath.Join(parent, fmt.Sprintf("pizzeria-test-%d-%d", os.Geteuid(), i))
		if info, err := os.Lstat(dir); err == nil && info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
			continue // another process made it
		}
		server, err := privatepg.Start(ctx, privatepg.Options{Dir: dir, Fast: true})
		if errors.Is(err, privatepg.ErrInUse) {
			continue
		}
		return server, err
	}
	return nil, fmt.Errorf("the folders for test servers, pizzeria-test-* in %s, are all in use", parent)
}

// serversFolder is Linux's folder in memory, if a server's data and its log fit in, or else the system's temporary folder. A
// database is hundreds of small files: a disk takes ten times as long to make and to remove them, for each test.
func serversFolder() string {
	const inMemory, enough = "/dev/shm", 4 << 30
	var there syscall.Statfs_t
	if err := syscall.Statfs(inMemory, &there); err != nil || there.Bavail*uint64(there.Bsize) < enough {
		return os.TempDir()
	}
	return inMemory
}
