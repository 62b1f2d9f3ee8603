package readmodel_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
)

// A server of a new version replaces the mechanism's functions, and a view, while others read that.
func TestReadersDoNotQueueBehindAServerThatReplacesTheMechanism(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	reader := begin(t, db, pgx.ReadCommitted)
	require.Equal(t, 5, count(t, reader, "SELECT count(*) FROM readmodel.models WHERE kind <> 'plain'"))
	run(t, db.Pool, "DELETE FROM readmodel.mechanisms")
	opened := make(chan error, 1)
	go func() {
		_, err := open(t.Context(), pool, nil)
		opened <- err
	}()

	for until := time.Now().Add(2 * time.Second); time.Now().Before(until); {
		count(t, db.Pool, "SELECT count(*) FROM readmodel.models")
	}

	stillRuns(t, opened)
	require.NoError(t, reader.Commit(t.Context()))
	require.NoError(t, <-opened)
	require.Equal(t, 1, count(t, db.Pool, "SELECT count(*) FROM readmodel.mechanisms"))
}

// Each try for a lock that a refresh has stops commands for up to 0.6 s.
func TestTriesForALockBecomeFew(t *testing.T) {
	t.Parallel()
	for range 100 {
		require.Less(t, readmodel.LockPause(0), 500*time.Millisecond)
		require.GreaterOrEqual(t, readmodel.LockPause(15), 2*time.Second)
		require.Less(t, readmodel.LockPause(1_000_000), 10*time.Second)
	}
}
