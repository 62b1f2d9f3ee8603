package events

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// query runs a statement that answers with a moment and the columns of events, which are null when there is none. The
// moment is that of the whole statement, so any row's will do.
func (l *Log) query(ctx context.Context, sql string, args ...any) (moment, []Recorded, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	answer, err := l.pool.Query(ctx, sql, args...)
	if err != nil {
		return moment{}, nil, err
	}
	defer answer.Close()
	var text string
	var found []Recorded
	for answer.Next() {
		var e Recorded
		into := []any{
			&text, &e.Position, &e.XID, &e.At, &e.Stream, &e.ID, &e.LocationID, &e.Version, &e.Type, &e.From, &e.To,
			(*[]byte)(&e.Payload), &e.By.Role, &e.By.ID, &e.By.Name, &e.Reason,
		}
		none := answer.RawValues()[1] == nil
		if none {
			clear(into[1:])
		}
		if err := answer.Scan(into...); err != nil {
			return moment{}, nil, err
		}
		if !none {
			found = append(found, e)
		}
	}
	if err := answer.Err(); err != nil {
		return moment{}, nil, err
	}
	now, err := parseMoment(text)
	return now, found, err
}

// arguments are what statements that read after a cursor begin with. The first of them has the statement planned for
// its values each time: a plan made for any value may read the whole log.
func (c Cursor) arguments() []any {
	running := append([]uint64{}, c.seen.running...)
	if !c.within() {
		return []any{pgx.QueryExecModeCacheDescribe, c.seen.xmax, running, nil, 0}
	}
	return []any{pgx.QueryExecModeCacheDescribe, c.seen.xmax, running, c.batch.String(), c.position}
}

func (f Filter) streams() []string {
	if f.Streams == nil {
		return nil
	}
	names := make([]string, len(f.Streams))
	for i, s := range f.Streams {
		names[i] = string(s)
	}
	return names
}

// optional is nil for no id.
func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
