package pgtest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/privatepg"
)

// NewStandby starts a server that only follows a primary's log, and returns the DSN of its database. It is gone when the test ends.
func NewStandby(t testing.TB) (dsn string) {
	t.Helper()
	dir := Folder(t)
	primary, err := privatepg.Start(t.Context(), privatepg.Options{Dir: dir})
	require.NoError(t, err)
	dsn = primary.DSN()
	require.NoError(t, primary.Stop())
	versions, err := filepath.Glob(filepath.Join(dir, "postgres-*", "PG_VERSION"))
	require.NoError(t, err)
	require.Len(t, versions, 1)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(versions[0]), "standby.signal"), nil, 0o644))

	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { // it waits until the server can be written to
		defer close(ended)
		_, _ = privatepg.Start(ctx, privatepg.Options{Dir: dir})
	}()
	t.Cleanup(func() { stop(); <-ended })
	require.Eventually(t, func() bool {
		conn, err := pgx.Connect(t.Context(), dsn)
		if err == nil {
			err = conn.Close(t.Context())
		}
		return err == nil
	}, time.Minute, 50*time.Millisecond)
	return dsn
}
