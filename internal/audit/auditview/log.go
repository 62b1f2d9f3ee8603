// Package auditview reads the log of events as an audit: what staff and the server's operators did, to what, when and where.
package auditview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// Log asks for one page of the audit, newest first. Whoever manages some locations sees what was done there.
type Log struct {
	By     auth.Actor
	First  int    // 0 to 100
	After  string // an edge's cursor, "" for the start
	Filter Filter
}

// Filter narrows the audit; its zero value doesn't.
type Filter struct {
	ActorID    *uuid.UUID // who
	Entity     *events.Stream
	EntityID   *uuid.UUID
	LocationID *uuid.UUID
	From       *time.Time // at this time or later
	To         *time.Time // before this time
}

const maxFirst = 100

// LogHandler handles Log.
type LogHandler struct{ Pool *pgxpool.Pool }

// Handle reads the page, and one row more, which tells whether there is another.
func (h *LogHandler) Handle(ctx context.Context, q Log) (*Page, error) {
	if q.First < 0 || q.First > maxFirst {
		return nil, fault.New(fault.BadUserInput, "Ask for 0 to %d entries at once.", maxFirst).At("first")
	}
	sql, values, err := q.statement()
	if err != nil {
		return nil, err
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, sql, values...)
	found, err := pgx.CollectRows(rows, entry)
	if err != nil {
		return nil, fmt.Errorf("read a page of the audit: %w", err)
	}
	page := &Page{}
	page.Nodes, page.PageInfo = readmodel.Cut(found, q.First, q.After, func(e *Entry) string { return e.key.encode() })
	return page, nil
}
