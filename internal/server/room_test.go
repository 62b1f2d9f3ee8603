package server

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

func TestAServerIsRefusedConnectionsBeforeItRunsOutOfThem(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, pgtest.WithMaxConns(1))
	_, err := db.Pool.Exec(t.Context(), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 20', current_database()); END $$")
	require.NoError(t, err)

	require.NoError(t, requireRoom(t.Context(), db.Pool, Config{DatabaseMaxConns: 14}))
	require.EqualError(t, requireRoom(t.Context(), db.Pool, Config{DatabaseMaxConns: 15}),
		"the database leaves room for 20 connections (max_connections, or a limit of the role's or the database's), and 21 are needed: "+
			"raise that, or lower PIZZERIA_DATABASE_MAX_CONNS")
}
