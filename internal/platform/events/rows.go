package events

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/ordering"
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
		var payload struct {
			Payment ordering.PaymentSnapshot `json:"payment"`
		}
		into := []any{
			&text, &e.Position, &e.XID, &e.OrderID, &e.Event.Version, &e.Event.Type, &e.Event.From, &e.Event.To, &payload,
			&e.Event.Actor.Role, &e.Event.Actor.Name, &e.Event.Reason, &e.Event.At,
		}
		none := answer.RawValues()[1] == nil
		if none {
			clear(into[1:])
		}
		if err := answer.Scan(into...); err != nil {
			return moment{}, nil, err
		}
		if !none {
			e.Payment = payload.Payment
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

func (f Filter) order() *uuid.UUID {
	if f.OrderID == uuid.Nil {
		return nil
	}
	return &f.OrderID
}

func (f Filter) statuses() []string {
	if f.Statuses == nil {
		return nil
	}
	names := []string{}
	for _, s := range f.Statuses {
		names = append(names, string(s))
	}
	return names
}
