package server

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"pizzeria/internal/platform/postgres"
)

// Connections that a server opens beside those for commands and queries.
const (
	// OwnConns are those that it opens at most: for the feed, its heartbeat, and refreshes and builds of all read models at once.
	OwnConns = 18
	// leastOwnConns are those without which it can't work: builds take four.
	leastOwnConns = 6
)

// requireRoom refuses, in one line, a database where the server wouldn't get the connections that it would open.
func requireRoom(ctx context.Context, db postgres.Querier, config Config) error {
	room, err := postgres.Room(ctx, db)
	if err != nil {
		return err
	}
	if needed := int(config.DatabaseMaxConns) + leastOwnConns; room < needed {
		return fmt.Errorf("the database leaves room for %d connections (max_connections, or a limit of the role's or the database's), and %d are needed: "+
			"raise that, or lower %sDATABASE_MAX_CONNS", room, needed, prefix)
	}
	return nil
}

// Losing tells in one line which settings of the database may lose what was acknowledged; "" if none.
func (c Config) Losing(ctx context.Context, dsn string, log *slog.Logger) (string, error) {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 1, Log: log})
	if err != nil {
		return "", err
	}
	defer pool.Close()
	lines, err := postgres.Unlike(ctx, pool, postgres.Durable(bool(c.WholePages)))
	return strings.Join(lines, "; "), err
}
