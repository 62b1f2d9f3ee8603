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

// StartServer starts a fast, empty private server in the first free one of some numbered folders in the system's
// temporary folder. Numbers, because several test binaries may run at once, and fixed ones, so that what killed
// processes leave behind is cleared away by the next.
func StartServer(ctx context.Context) (*privatepg.Server, error) {
	for i := range 32 {
		dir := filepath.Join(os.TempDir(), fmt.Sprintf("pizzeria-test-%d-%d", os.Geteuid(), i))
		if info, err := os.Lstat(dir); err == nil && info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
			continue // another process made it
		}
		server, err := privatepg.Start(ctx, privatepg.Options{Dir: dir, Fast: true})
		if errors.Is(err, privatepg.ErrInUse) {
			continue
		}
		return server, err
	}
	return nil, errors.New("the folders for test servers, pizzeria-test-* in the temporary folder, are all in use")
}
