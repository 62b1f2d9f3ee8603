package events_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
)

func TestReadGivesWhatCameAfterTheCursor(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	before := shop.MustPlace(t)
	start := now(t, log)
	order := shop.MustPlace(t)
	shop.MustMove(t, before, "CONFIRMED")

	batch, err := log.Read(t.Context(), start, events.Filter{}, 10)

	require.NoError(t, err)
	require.False(t, batch.More)
	require.Equal(t, []eventstest.Key{{ID: order, Version: 1}, {ID: before, Version: 2}}, keys(batch.Events))
	moved := batch.Events[1]
	require.Equal(t, events.Stream("ORDER"), moved.Stream)
	require.Equal(t, "CONFIRMED", moved.Type)
	require.Equal(t, "PENDING", *moved.From)
	require.Equal(t, "CONFIRMED", *moved.To)
	require.JSONEq(t, `{"payment": {"status": "CAPTURED", "refunded": 2}}`, string(moved.Payload))
	require.Equal(t, auth.Author{Role: "COOK"}, moved.By)
	require.Nil(t, moved.Reason)
	require.False(t, moved.At.IsZero())
	require.Empty(t, readAll(t, log, batch.Next, events.Filter{}, 10))
}

func TestReadFindsALateCommitBelowTheLastPosition(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	start := now(t, log)
	late, err := shop.Pool.Begin(t.Context())
	require.NoError(t, err)
	slow, err := shop.Place(t.Context(), late)
	require.NoError(t, err)
	quick := shop.MustPlace(t)

	first, err := log.Read(t.Context(), start, events.Filter{}, 10)
	require.NoError(t, err)
	require.NoError(t, late.Commit(t.Context()))
	second, err := log.Read(t.Context(), first.Next, events.Filter{}, 10)
	require.NoError(t, err)

	require.Equal(t, []eventstest.Key{{ID: quick, Version: 1}}, keys(first.Events))
	require.Equal(t, []eventstest.Key{{ID: slow, Version: 1}}, keys(second.Events))
}

func TestReadContinuesAfterEachEventOfABatch(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	start := now(t, log)
	for range 7 {
		shop.MustPlace(t)
	}
	all := readAll(t, log, start, events.Filter{}, 100)
	require.Len(t, all, 7)
	shop.MustPlace(t)

	for limit := 1; limit < 9; limit++ {
		for i, e := range readAll(t, log, start, events.Filter{}, limit) {
			cursor, err := events.Decode(e.Cursor.Encode())
			require.NoError(t, err)
			rest := readAll(t, log, cursor, events.Filter{}, limit)
			require.Equal(t, keys(readAll(t, log, start, events.Filter{}, 100))[i+1:], keys(rest))
		}
	}
}

func TestReadFilters(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	start := now(t, log)
	one, other := shop.MustPlace(t), shop.MustPlace(t)
	shop.MustMove(t, one, "CONFIRMED", "PREPARING")
	shop.MustMove(t, other, "CONFIRMED", "CANCELLED")

	ofOne := readAll(t, log, start, events.Filter{ID: one}, 2)
	confirmed := readAll(t, log, start, events.Filter{Types: []string{"CONFIRMED", "CANCELLED"}}, 2)

	require.Equal(t, []eventstest.Key{{ID: one, Version: 1}, {ID: one, Version: 2}, {ID: one, Version: 3}}, keys(ofOne))
	require.Equal(t, []eventstest.Key{{ID: one, Version: 2}, {ID: other, Version: 2}, {ID: other, Version: 3}}, keys(confirmed))
	require.Equal(t, keys(confirmed)[1:], keys(readAll(t, log, ofOne[1].Cursor, events.Filter{Types: []string{"CONFIRMED", "CANCELLED"}}, 2)),
		"a cursor means the same under every filter")
}

func TestReadGivesTheLatestOfEachOrder(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	start := now(t, log)
	one, other, third := shop.MustPlace(t), shop.MustPlace(t), shop.MustPlace(t)
	shop.MustMove(t, one, "CONFIRMED", "PREPARING")
	shop.MustMove(t, other, "CONFIRMED")
	shop.MustMove(t, one, "READY")
	latest := []eventstest.Key{{ID: third, Version: 1}, {ID: other, Version: 2}, {ID: one, Version: 4}}

	for limit := 1; limit < 5; limit++ {
		all := readAll(t, log, start, events.Filter{Latest: true}, limit)
		require.Equal(t, latest, keys(all))
		for i, e := range all {
			rest := readAll(t, log, e.Cursor, events.Filter{Latest: true}, limit)
			require.Equal(t, latest[i+1:], keys(rest))
		}
		between := readAll(t, log, all[0].Cursor, events.Filter{}, limit)
		require.Equal(t, []eventstest.Key{
			{ID: one, Version: 2}, {ID: one, Version: 3}, {ID: other, Version: 2}, {ID: one, Version: 4},
		}, keys(between), "a cursor means the same under every filter")
		confirmed := readAll(t, log, start, events.Filter{Types: []string{"CONFIRMED"}, Latest: true}, limit)
		require.Equal(t, []eventstest.Key{{ID: one, Version: 2}, {ID: other, Version: 2}}, keys(confirmed),
			"the last of those that led there")
	}
}

func TestNewestEventComesWithTheCursorOfEverything(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	order := shop.MustPlace(t)
	shop.MustMove(t, order, "CONFIRMED")
	shop.MustPlace(t)

	newest, err := log.Newest(t.Context(), order)
	require.NoError(t, err)
	none, err := log.Newest(t.Context(), uuid.New())
	require.NoError(t, err)

	require.Equal(t, 2, newest.Version)
	require.Empty(t, readAll(t, log, newest.Cursor, events.Filter{}, 10))
	require.Nil(t, none)
}

func TestGapIsCounted(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	start := now(t, log)
	order := shop.MustPlace(t)
	shop.MustMove(t, order, "CONFIRMED", "PREPARING")
	for range 3 {
		shop.MustPlace(t)
	}
	all := readAll(t, log, start, events.Filter{}, 100)

	for i, e := range all {
		gap, err := log.Gap(t.Context(), e.Cursor, events.Filter{}, 100)
		require.NoError(t, err)
		require.Equal(t, len(all)-i-1, gap)
	}
	gap, err := log.Gap(t.Context(), start, events.Filter{ID: order}, 100)
	require.NoError(t, err)
	require.Equal(t, 3, gap)
	gap, err = log.Gap(t.Context(), start, events.Filter{}, 4)
	require.NoError(t, err)
	require.Equal(t, 5, gap, "no need to know more than that it is more than 4")
}

func TestForeignAndFutureCursorsAreReported(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	_, other := open(t)
	shop.MustPlace(t)
	text := fmt.Sprintf("%s 1:99999999999: 99999999998", identity(t, shop))
	future, err := events.ParseMoment(text)
	require.NoError(t, err)

	_, err = log.Read(t.Context(), now(t, other), events.Filter{}, 1)
	require.ErrorIs(t, err, events.ErrOtherDatabase)
	_, err = log.Gap(t.Context(), now(t, other), events.Filter{}, 1)
	require.ErrorIs(t, err, events.ErrOtherDatabase)
	_, err = log.Read(t.Context(), future, events.Filter{}, 1)
	require.ErrorIs(t, err, events.ErrFuture)
	_, err = log.Gap(t.Context(), future, events.Filter{}, 1)
	require.ErrorIs(t, err, events.ErrFuture)
}

func TestQueryCanTellFromWhereToFollow(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	shop.MustPlace(t)
	var answered string
	require.NoError(t, shop.Pool.QueryRow(t.Context(), "SELECT "+log.MomentSQL()).Scan(&answered))
	order := shop.MustPlace(t)

	text, err := log.CursorAt(answered)
	require.NoError(t, err)
	cursor, err := events.Decode(text)
	require.NoError(t, err)

	require.Equal(t, []eventstest.Key{{ID: order, Version: 1}}, keys(readAll(t, log, cursor, events.Filter{}, 10)))
}

// What moves while nothing happens would be undone by a crash, and what a log remembers of earlier answers may be of
// another database.
func TestCursorsOfQueriesAreThoseOfTheLog(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	other, others := open(t)
	shop.MustPlace(t)
	other.MustPlace(t)
	for range 5 {
		_, err := other.Pool.Exec(t.Context(), "SELECT pg_current_xact_id()")
		require.NoError(t, err)
	}

	var answered string
	require.NoError(t, other.Pool.QueryRow(t.Context(), "SELECT "+log.MomentSQL()).Scan(&answered))
	text, err := log.CursorAt(answered)
	require.NoError(t, err)

	require.Equal(t, now(t, others).Encode(), text)
}

func TestVisibleMeansTheSameAsInPostgres(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	for _, text := range []string{"100:100:", "100:110:100,103,109", "1:1:", "100:102:101"} {
		snapshot, err := events.ParseSnapshot(text)
		require.NoError(t, err)
		rows, err := shop.Pool.Query(t.Context(), `
			SELECT x, pg_visible_in_snapshot(x::text::xid8, $1::pg_snapshot) FROM generate_series(1, 120) AS x`, text)
		require.NoError(t, err)
		var xid int64
		var visible bool
		_, err = pgx.ForEachRow(rows, []any{&xid, &visible}, func() error {
			require.Equal(t, visible, snapshot.Visible(uint64(xid)), "%d in %s", xid, text)
			return nil
		})
		require.NoError(t, err)
	}
}

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

func open(t *testing.T) (*eventstest.Shop, *events.Log) {
	t.Helper()
	shop := eventstest.Open(t)
	log, err := events.Open(t.Context(), shop.Pool)
	require.NoError(t, err)
	return shop, log
}

func now(t *testing.T, log *events.Log) events.Cursor {
	t.Helper()
	cursor, err := log.Now(t.Context())
	require.NoError(t, err)
	return cursor
}

func identity(t *testing.T, shop *eventstest.Shop) (text string) {
	t.Helper()
	err := shop.Pool.QueryRow(t.Context(), `SELECT split_part(`+new(events.Log).MomentSQL()+`, ' ', 1)`).Scan(&text)
	require.NoError(t, err)
	return text
}

func readAll(t *testing.T, log *events.Log, after events.Cursor, only events.Filter, limit int) []events.Recorded {
	t.Helper()
	var all []events.Recorded
	for more := true; more; {
		batch, err := log.Read(t.Context(), after, only, limit)
		require.NoError(t, err)
		all = append(all, batch.Events...)
		after, more = batch.Next, batch.More
	}
	return all
}

func keys(read []events.Recorded) []eventstest.Key {
	all := []eventstest.Key{}
	for _, e := range read {
		all = append(all, eventstest.Key{ID: e.ID, Version: e.Version})
	}
	return all
}
