package auditview_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/audit/auditview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// TestAPageOfTheAuditCostsWhatItShows looks for what was done rarely and long ago, behind a long history.
func TestAPageOfTheAuditCostsWhatItShows(t *testing.T) {
	t.Parallel()
	l := newLog(t)
	rare, cook, place, elsewhere := entry{stream: "LOCATION", id: uuid.New(), action: "CHANGED", role: "MANAGER"}, uuid.New(), uuid.New(), uuid.New()
	rare.by, rare.at = &cook, place
	for range 3 {
		l.add(rare)
	}
	old := l.now
	l.history(30_000)
	location := events.Stream("LOCATION")
	from, to := old.Add(-90*time.Second), old.Add(time.Second)

	for _, analyzed := range []bool{false, true} {
		if analyzed {
			_, err := l.db.Pool.Exec(t.Context(), "ANALYZE public.events")
			require.NoError(t, err)
		}
		for name, q := range map[string]auditview.Log{
			"all":                {},
			"one actor":          {Filter: auditview.Filter{ActorID: &cook}},
			"one kind":           {Filter: auditview.Filter{Entity: &location}},
			"one thing":          {Filter: auditview.Filter{EntityID: &rare.id}},
			"one place":          {Filter: auditview.Filter{LocationID: &place}},
			"some time":          {Filter: auditview.Filter{From: &from, To: &to}},
			"a manager of some":  {By: auth.Actor{LocationIDs: []uuid.UUID{place, elsewhere}}},
			"one actor and kind": {Filter: auditview.Filter{ActorID: &cook, Entity: &location}},
		} {
			q.First = 20
			statement, values, err := q.Statement()
			require.NoError(t, err)
			var plan string
			require.NoError(t, l.db.Pool.QueryRow(t.Context(), "EXPLAIN (ANALYZE, FORMAT JSON) "+statement, values...).Scan(&plan))
			require.LessOrEqual(t, rowsRead(t, plan), 100, "%s, analyzed: %v\n%s", name, analyzed, plan)
		}
	}
}

// history appends moves of orders by staff at other places, and as many by customers, after what there is.
func (l *log) history(n int) {
	l.Helper()
	tx, err := l.db.Pool.Begin(l.Context())
	require.NoError(l, err)
	_, err = tx.Exec(l.Context(), "SET LOCAL session_replication_role = replica")
	require.NoError(l, err)
	_, err = tx.Exec(l.Context(), `
		INSERT INTO public.events (at, stream, stream_id, location_id, version, type, to_state, payload, actor_role, actor_id)
		SELECT
			$1::timestamptz + n * interval '1 second', 'ORDER', gen_random_uuid(), md5((n % 7)::text)::uuid, 1, 'READY', 'READY', '{}',
			CASE WHEN n % 2 = 0 THEN 'COOK' ELSE 'CUSTOMER' END, md5((n % 50)::text)::uuid
		FROM generate_series(1, $2::integer) AS n`, l.now, n)
	require.NoError(l, err)
	require.NoError(l, tx.Commit(l.Context()))
}

// rowsRead adds up the rows that the scans of a plan touched.
func rowsRead(t *testing.T, plan string) int {
	t.Helper()
	type node struct {
		Relation string  `json:"Relation Name"`
		Rows     float64 `json:"Actual Rows"`
		Loops    float64 `json:"Actual Loops"`
		Removed  float64 `json:"Rows Removed by Filter"`
		Plans    []node
	}
	var roots []struct{ Plan node }
	require.NoError(t, json.Unmarshal([]byte(plan), &roots))
	var sum func(n node) float64
	sum = func(n node) (rows float64) {
		if n.Relation != "" {
			rows = (n.Rows + n.Removed) * n.Loops
		}
		for _, below := range n.Plans {
			rows += sum(below)
		}
		return rows
	}
	return int(sum(roots[0].Plan))
}
