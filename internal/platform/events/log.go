// Package events is the log of what happened, to anything: it appends events, and reads them exactly, each once and in
// order, whatever is written at the same time. It knows streams, versions and positions, and nothing of what events mean.
//
// Positions are handed out before their transactions commit, so "after the last position" would lose events, and
// waiting for the oldest open transaction would stall. A cursor is a snapshot instead: what is new are the rows that it
// does not show. See docs/decisions/0003-snapshot-cursor.md.
package events

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

// queryTimeout limits a statement: if the database has gone silent, the caller asks again.
const queryTimeout = 3 * time.Second

// Log reads public.events. It needs the primary: a standby does not know which transactions run.
type Log struct{ pool *pgxpool.Pool }

// Open returns the log once it has been read for the first time.
func Open(ctx context.Context, pool *pgxpool.Pool) (*Log, error) {
	l := &Log{pool: pool}
	if _, err := l.Now(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Filter selects events; the zero Filter all of them. A cursor means the same under every filter.
type Filter struct {
	Streams []Stream  // nil: of any kind
	ID      uuid.UUID // the events of one aggregate; uuid.Nil: of all
	// LocationID is where they happened, or nowhere in particular; uuid.Nil: anywhere.
	LocationID uuid.UUID
	Types      []string // nil: any
	Latest     bool     // of each aggregate only the last of those
}

const eventColumns = `e.position, e.xid, e.at, e.stream, e.stream_id, e.location_id, e.version, e.type, e.from_state, e.to_state,
	e.payload, e.actor_role, e.actor_id, e.actor_name, e.reason`

// The rows that came after a cursor are those of transactions beyond its snapshot ($1, its xmax) and those of
// transactions that ran in it ($2). Two arms, each a range of the index on xid: together they cost what is new, however
// long the log is. Within a batch, they are what its snapshot ($3) shows after a position ($4).
const (
	beyond  = `e.xid >= $1 AND e.xid < pg_snapshot_xmax(coalesce($3::pg_snapshot, pg_current_snapshot()))`
	ran     = `e.xid = ANY ($2::xid8[])`
	ofBatch = ` AND ($3::pg_snapshot IS NULL OR pg_visible_in_snapshot(e.xid, $3::pg_snapshot)) AND e.position > $4`
	watched = ` AND ($5::text[] IS NULL OR e.stream = ANY ($5)) AND ($6::uuid IS NULL OR e.stream_id = $6)
		AND ($7::uuid IS NULL OR e.location_id = $7 OR e.location_id IS NULL)`
	chosen = watched + ` AND ($8::text[] IS NULL OR e.type = ANY ($8))`
)

// The rows are collected before they are sorted, or the planner might walk the whole log by position to save the sort.
const readSQL = `
WITH news AS MATERIALIZED (
	SELECT ` + eventColumns + ` FROM public.events AS e WHERE ` + beyond + ofBatch + chosen + `
	UNION ALL
	SELECT ` + eventColumns + ` FROM public.events AS e WHERE ` + ran + ofBatch + chosen + `
)
SELECT now.moment, e.*
FROM (SELECT ` + momentSQL + ` AS moment) AS now
LEFT JOIN (
	SELECT * FROM news
	WHERE NOT $9 OR position IN (SELECT max(position) FROM news GROUP BY stream_id)
	ORDER BY position LIMIT $10
) AS e ON true
ORDER BY e.position`

// Read returns at most limit events that came after a cursor, and from where to go on. It fails with ErrOtherDatabase or
// ErrFuture if the cursor can't be continued from.
func (l *Log) Read(ctx context.Context, after Cursor, only Filter, limit int) (Batch, error) {
	now, rows, err := l.query(ctx, readSQL, readArguments(after, only, limit)...)
	if err != nil {
		return Batch{}, fmt.Errorf("read events: %w", err)
	}
	if err := now.accepts(after); err != nil {
		return Batch{}, err
	}
	return page(after, now, rows, limit), nil
}

func readArguments(after Cursor, only Filter, limit int) []any {
	return append(after.arguments(), only.streams(), optional(only.ID), optional(only.LocationID), only.Types, only.Latest, limit)
}

const newestSQL = `
SELECT now.moment, e.*
FROM (SELECT ` + momentSQL + ` AS moment) AS now
LEFT JOIN (
	SELECT ` + eventColumns + ` FROM public.events AS e WHERE e.stream_id = $1 ORDER BY e.version DESC LIMIT 1
) AS e ON true`

// Newest returns an aggregate's last event, with the cursor that continues after everything there is now; nil if it has
// none.
func (l *Log) Newest(ctx context.Context, id uuid.UUID) (*Recorded, error) {
	now, rows, err := l.query(ctx, newestSQL, id)
	if err != nil {
		return nil, fmt.Errorf("read newest event: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	rows[0].Cursor = now.cursor()
	return &rows[0], nil
}

// Now returns the cursor that continues after everything there is now.
func (l *Log) Now(ctx context.Context) (Cursor, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	var text string
	if err := l.pool.QueryRow(ctx, `SELECT `+momentSQL).Scan(&text); err != nil {
		return Cursor{}, fmt.Errorf("read the log's end: %w", err)
	}
	now, err := parseMoment(text)
	return now.cursor(), err
}

// MomentSQL returns the SQL expression that a query selects along with its answer, for CursorAt.
func (l *Log) MomentSQL() string { return momentSQL }

// CursorAt returns the cursor, encoded, that continues after a query's answer, given what MomentSQL was in the same
// statement.
func (l *Log) CursorAt(answered string) (string, error) {
	at, err := parseMoment(answered)
	return at.cursor().Encode(), err
}
