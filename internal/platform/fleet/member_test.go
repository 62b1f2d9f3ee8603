package fleet_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/pgtest"
)

func join(t *testing.T, db *pgtest.Database, version string, definitions ...string) (*fleet.Member, fleet.Server) {
	t.Helper()
	self := fleet.Server{ID: fleet.NewID(), Version: version, Definitions: definitions}
	m, err := fleet.Join(t.Context(), db.Pool, self, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		m.Run(ctx)
		close(stopped)
	}()
	t.Cleanup(func() { stop(); <-stopped })
	return m, self
}

func everybody(fleet.Server) bool { return true }

func TestServersKnowOfEachOther(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	one, first := join(t, db, "v1.0.0", "a", "b")
	other, second := join(t, db, "v1.1.0", "b", "c")

	require.Equal(t, []fleet.Server{first}, other.Others())
	require.Eventually(t, func() bool { return len(one.Others()) == 1 }, time.Minute, 50*time.Millisecond)
	require.Equal(t, []fleet.Server{second}, one.Others())
	require.True(t, second.Needs("c"))
	require.False(t, first.Needs("c"))

	other.Leave(t.Context())
	left, err := fleet.Alive(t.Context(), db.Pool, func(s fleet.Server) bool { return s.Version != "v1.1.0" })
	require.NoError(t, err)
	require.Equal(t, []fleet.Server{first}, left)
}

func TestAKilledServerIsTakenForGoneAndRemoved(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	// Killed, and its clock was far ahead.
	_, err := db.Pool.Exec(t.Context(), `
		INSERT INTO public.servers (id, version, definitions, started_at, seen_at, beats)
		VALUES ($1, 'v0.9.0', '{a}', now(), now() + interval '1 year', 7)`, uuid.New())
	require.NoError(t, err)
	m, self := join(t, db, "v1.0.0", "a")
	require.Len(t, m.Others(), 1, "it may live")

	alive, err := fleet.Alive(t.Context(), db.Pool, everybody)

	require.NoError(t, err)
	require.Equal(t, []fleet.Server{self}, alive)
	require.Eventually(t, func() bool {
		var rows int
		require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.servers`).Scan(&rows))
		return rows == 1 && len(m.Others()) == 0
	}, time.Minute, 50*time.Millisecond)
}
