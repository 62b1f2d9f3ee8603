package events_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
)

func TestCostFollowsWhatIsNew(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	long := history(t, shop, 30_000)
	start := now(t, log)
	for range 3 {
		shop.MustPlace(t)
	}
	require.Len(t, readAll(t, log, start, events.Filter{}, 100), 3)

	for _, analyzed := range []bool{false, true} {
		if analyzed {
			_, err := shop.Pool.Exec(t.Context(), "ANALYZE public.events")
			require.NoError(t, err)
		}
		plans, err := log.Explain(t.Context(), start, long)
		require.NoError(t, err)
		for name, plan := range plans {
			require.LessOrEqual(t, rowsRead(t, plan), 100, "%s, analyzed: %v\n%s", name, analyzed, plan)
		}
	}
}

// history gives an order many events, without the read models.
func history(t *testing.T, shop *eventstest.Shop, n int) uuid.UUID {
	t.Helper()
	order := shop.MustPlace(t)
	tx, err := shop.Pool.Begin(t.Context())
	require.NoError(t, err)
	for _, sql := range []string{
		"SET LOCAL session_replication_role = replica",
		fmt.Sprintf(`INSERT INTO public.events (at, stream, stream_id, version, type, to_state, payload, actor_role, xid)
			SELECT now(), 'ORDER', gen_random_uuid(), 1, 'READY', 'READY', '{}', 'COOK', '3'::xid8 FROM generate_series(1, %d)`, n),
	} {
		_, err = tx.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	require.NoError(t, tx.Commit(t.Context()))
	return order
}

// rowsRead adds up the rows that the scans of a plan touched.
func rowsRead(t *testing.T, plan string) int {
	t.Helper()
	type node struct {
		Relation string  `json:"Relation Name"`
		Rows     float64 `json:"Actual Rows"`
		Loops    float64 `json:"Actual Loops"`
		Removed  float64 `json:"Rows Removed by Filter"`
		Recheck  float64 `json:"Rows Removed by Index Recheck"`
		Plans    []node
	}
	var explained []struct{ Plan node }
	require.NoError(t, json.Unmarshal([]byte(plan), &explained))
	var sum func(n node) float64
	sum = func(n node) float64 {
		total := 0.0
		if n.Relation == "events" {
			total += (n.Rows + n.Removed + n.Recheck) * n.Loops
		}
		for _, child := range n.Plans {
			total += sum(child)
		}
		return total
	}
	return int(sum(explained[0].Plan))
}
