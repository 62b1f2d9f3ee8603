// Package fleet lets the servers on one database know of each other: which are at work, of which version, and which
// definitions of read models they need.
package fleet

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// beatEvery is the time between two heartbeats of a server.
	beatEvery = 3 * time.Second
	// goneAfter is how long a server may be without a heartbeat before it is taken for gone.
	goneAfter = 15 * time.Second
	// beatTimeout limits a heartbeat, so that a silent database doesn't delay the ones after it for long.
	beatTimeout = 3 * time.Second
	// leaveTimeout limits how long a stop waits to tell the others.
	leaveTimeout = time.Second
)

// Server is a process that serves, or did.
type Server struct {
	ID      uuid.UUID
	Version string
	// Definitions are the hashes of those of the read models that it reads.
	Definitions []string
}

// Needs tells whether the server reads a definition.
func (s Server) Needs(hash string) bool { return slices.Contains(s.Definitions, hash) }

// String names the server to an operator.
func (s Server) String() string { return fmt.Sprintf("%s of version %s", s.ID, s.Version) }

// heartbeat is a server's row.
type heartbeat struct {
	Server
	beats int64
}

// Querier is a pool, a connection or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// read returns the heartbeats that a query finds; columns are id, version, definitions and beats.
func read(ctx context.Context, db Querier, sql string, args ...any) ([]heartbeat, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h heartbeat, err error) {
		err = row.Scan(&h.ID, &h.Version, &h.Definitions, &h.beats)
		return h, err
	})
}

// watch remembers when it last saw a heartbeat of each server.
type watch struct{ last map[uuid.UUID]observation }

type observation struct {
	beats int64
	since time.Time // since when it has been that many
}

// look compares what is there now with what was. Servers without a heartbeat for goneAfter are gone. The time must have a
// monotonic reading.
func (w *watch) look(all []heartbeat, now time.Time) (alive, gone []heartbeat) {
	seen := map[uuid.UUID]observation{}
	for _, h := range all {
		was, known := w.last[h.ID]
		if !known || was.beats != h.beats {
			was = observation{h.beats, now}
		}
		seen[h.ID] = was
		if now.Sub(was.since) > goneAfter {
			gone = append(gone, h)
		} else {
			alive = append(alive, h)
		}
	}
	w.last = seen
	return alive, gone
}

// Alive returns the servers at work among those that matter. Whether one is shows in its next heartbeat: the answer takes
// until then, or until it is clear that there is none.
func Alive(ctx context.Context, db Querier, matters func(Server) bool) ([]Server, error) {
	first := map[uuid.UUID]int64{}
	for began := time.Now(); ; {
		all, err := read(ctx, db, `SELECT s.id, s.version, s.definitions, s.beats FROM public.servers AS s ORDER BY s.started_at, s.id`)
		if err != nil {
			return nil, fmt.Errorf("look for servers at work: %w", err)
		}
		var alive []Server
		unknown := false
		for _, h := range all {
			was, known := first[h.ID]
			if !known {
				first[h.ID] = h.beats
			}
			switch {
			case !matters(h.Server):
			case known && was != h.beats:
				alive = append(alive, h.Server)
			default:
				unknown = true
			}
		}
		if !unknown || time.Since(began) > goneAfter {
			return alive, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("look for servers at work: %w", context.Cause(ctx))
		case <-time.After(200 * time.Millisecond):
		}
	}
}
