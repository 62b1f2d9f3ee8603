package events

import (
	"context"

	"github.com/google/uuid"
)

// ParseMoment returns the cursor that continues after everything that a statement saw.
func ParseMoment(text string) (Cursor, error) {
	m, err := parseMoment(text)
	return m.cursor(), err
}

// Explain returns how Postgres runs each statement.
func (l *Log) Explain(ctx context.Context, after Cursor, order uuid.UUID) (map[string]string, error) {
	none, latest, one, quiet := Filter{}, Filter{Latest: true}, Filter{Streams: []Stream{"ORDER"}, ID: order}, Filter{Streams: []Stream{"MENU_ITEM"}}
	old := after
	old.seen = Snapshot{xmin: 4, xmax: 4}
	statements := map[string]struct {
		sql  string
		args []any
	}{
		"read all":             {readSQL, readArguments(after, none, 100)},
		"read the latest":      {readSQL, readArguments(after, latest, 100)},
		"read an order":        {readSQL, readArguments(after, one, 100)},
		"read an order by old": {readSQL, readArguments(old, one, 100)},
		"read a quiet stream":  {readSQL, readArguments(old, quiet, 100)},
		"gap":                  {gapSQL, gapArguments(after, none, 10)},
		"gap of an order":      {gapSQL, gapArguments(old, one, 10)},
		"gap of a quiet one":   {gapSQL, gapArguments(old, quiet, 10)},
		"newest":               {newestSQL, []any{order}},
	}
	plans := map[string]string{}
	for name, s := range statements {
		var plan string
		if err := l.pool.QueryRow(ctx, "EXPLAIN (ANALYZE, FORMAT JSON) "+s.sql, s.args...).Scan(&plan); err != nil {
			return nil, err
		}
		plans[name] = plan
	}
	return plans, nil
}
