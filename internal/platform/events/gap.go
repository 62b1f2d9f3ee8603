package events

import (
	"context"
	"fmt"
)

// missed leaves out what has been read of the batch, and ends the count. The order has the planner walk the index.
const missed = ` AND ($3::pg_snapshot IS NULL OR NOT pg_visible_in_snapshot(e.xid, $3::pg_snapshot) OR e.position > $4)
` + watched + `
	ORDER BY e.xid LIMIT $8`

const gapSQL = `
SELECT (SELECT ` + momentSQL + `), (SELECT count(*) FROM (
	(SELECT FROM public.events AS e WHERE e.xid >= $1 AND e.xid < pg_snapshot_xmax(pg_current_snapshot())` + missed + `)
	UNION ALL
	(SELECT FROM public.events AS e WHERE ` + ran + missed + `)
) AS gap)`

// Gap counts the events that came after a cursor, of the streams, the aggregate and the location that a filter names, whatever
// their types, but stops soon after most. It fails as Read does.
func (l *Log) Gap(ctx context.Context, after Cursor, only Filter, most int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	var text string
	var gap int
	if err := l.pool.QueryRow(ctx, gapSQL, gapArguments(after, only, most+1)...).Scan(&text, &gap); err != nil {
		return 0, fmt.Errorf("count missed events: %w", err)
	}
	now, err := parseMoment(text)
	if err != nil {
		return 0, err
	}
	return gap, now.accepts(after)
}

func gapArguments(after Cursor, only Filter, limit int) []any {
	return append(after.arguments(), only.streams(), optional(only.ID), optional(only.LocationID), limit)
}
