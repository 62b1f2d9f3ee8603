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

	"pizzeria/internal/postgres"
)

// serverURL is asked once per test binary. The server that it may start has no Stop: tests have no common end, so it
// is left to end with the process.
var serverURL = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(ServerVariable); url != "" {
		if !strings.Contains(url, "://") {
			return "", fmt.Errorf("%s is not a URL", ServerVariable)
		}
		return url, nil
	}
	server, err := StartServer(context.Background())
	if err != nil {
		return "", err
	}
	return server.DSN(), nil
})

// StartServer starts a fast, empty private server in the first free one of some numbered folders in the system's
// temporary folder. Numbers, because several test binaries may run at once, and fixed ones, so that what killed
// processes leave behind is cleared away by the next.
func StartServer(ctx context.Context) (*postgres.Private, error) {
	for i := range 32 {
		dir := filepath.Join(os.TempDir(), fmt.Sprintf("pizzeria-test-%d-%d", os.Geteuid(), i))
		if info, err := os.Lstat(dir); err == nil && info.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
			continue // somebody else made it
		}
		server, err := postgres.StartPrivate(ctx, postgres.PrivateOptions{Dir: dir, Fast: true})
		if errors.Is(err, postgres.ErrInUse) {
			continue
		}
		return server, err
	}
	return nil, errors.New("the folders for test servers, pizzeria-test-* in the temporary folder, are all in use")
}
