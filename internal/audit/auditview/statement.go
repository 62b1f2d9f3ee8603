package auditview

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/events"
)

const columns = `e.position, e.at, e.stream, e.stream_id, e.version, e.location_id, e.type, e.from_state, e.to_state, e.payload, e.actor_role, e.actor_id,
	e.actor_name, e.reason`

// statement writes the query and the values of its placeholders.
func (q Log) statement() (sql string, values []any, err error) {
	add := func(value any) string {
		values = append(values, value)
		return "$" + strconv.Itoa(len(values))
	}
	// What follows from a change of something else is told there.
	where := []string{events.Audited, "e.type <> 'PARTS_CHANGED'"}
	if q.Filter.ActorID != nil {
		where = append(where, "e.actor_id = "+add(*q.Filter.ActorID))
	}
	if q.Filter.Entity != nil {
		where = append(where, "e.stream = "+add(string(*q.Filter.Entity)))
	}
	if q.Filter.EntityID != nil {
		where = append(where, "e.stream_id = "+add(*q.Filter.EntityID))
	}
	since, until, err := q.bounds()
	if err != nil {
		return "", nil, err
	}
	var from, order string
	switch places := q.locations(); {
	case len(places) == 1:
		where = append(where, "e.location_id = "+add(places[0]))
		fallthrough
	case places == nil:
		where = append(where, fmt.Sprintf("e.at >= %s AND (e.at, e.position) < (%s, %s)", add(since), add(until.at), add(until.position)))
	default:
		// The index by location is walked for each of them, as far as the page goes. Postgres is asked for what only that index can
		// give: of `e.location_id = place.id` it would think that the next entries of all are soon some of any place.
		from, order = "unnest("+add(places)+"::uuid[]) AS place (id)", "e.location_id DESC, "
		where = append(where, fmt.Sprintf(
			"(e.location_id, e.at) >= (place.id, %s) AND (e.location_id, e.at, e.position) < (place.id, %s, %s)",
			add(since), add(until.at), add(until.position)))
	}
	limit := " LIMIT " + add(q.First+1)
	read := `SELECT ` + columns + ` FROM public.events AS e WHERE ` + strings.Join(where, " AND ") +
		` ORDER BY ` + order + `e.at DESC, e.position DESC` + limit
	if order != "" {
		read = `SELECT e.* FROM ` + from + ` CROSS JOIN LATERAL (` + read + `) AS e ORDER BY e.at DESC, e.position DESC` + limit
	}
	return `
		SELECT
			e.position, e.at, e.stream, e.stream_id, e.version, e.location_id, e.type, e.from_state, e.to_state, e.payload, e.actor_role,
			e.actor_id, CASE WHEN c.deleted_at IS NULL THEN e.actor_name END AS actor_name, e.reason
		FROM (` + read + `) AS e
		LEFT JOIN public.customers AS c ON c.id = e.actor_id
		ORDER BY e.at DESC, e.position DESC`, values, nil
}

// bounds are the time at which the page's entries begin, and the place before which they end.
func (q Log) bounds() (since time.Time, until key, err error) {
	until = key{at: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), position: math.MaxInt64}
	if q.After != "" {
		if until, err = decodeKey(q.After); err != nil {
			return since, until, err
		}
	}
	if q.Filter.To != nil && q.Filter.To.Before(until.at) {
		until = key{at: *q.Filter.To}
	}
	if q.Filter.From != nil {
		since = *q.Filter.From
	}
	return since, until, nil
}

// locations are those of which the audit tells; nil: of all, and of what concerns none in particular.
func (q Log) locations() []uuid.UUID {
	one := q.Filter.LocationID
	switch {
	case one == nil:
		return q.By.LocationIDs
	case q.By.LocationIDs == nil || slices.Contains(q.By.LocationIDs, *one):
		return []uuid.UUID{*one}
	default:
		return []uuid.UUID{}
	}
}
