package events_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
)

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

	require.Eventually(t, func() bool { // Postgres may be at work by itself, and its transaction runs in one of the two
		var answered string
		require.NoError(t, other.Pool.QueryRow(t.Context(), "SELECT "+log.MomentSQL()).Scan(&answered))
		text, err := log.CursorAt(answered)
		require.NoError(t, err)
		return now(t, others).Encode() == text
	}, 15*time.Second, 20*time.Millisecond)
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

func identity(t *testing.T, shop *eventstest.Shop) (text string) {
	t.Helper()
	err := shop.Pool.QueryRow(t.Context(), `SELECT split_part(`+new(events.Log).MomentSQL()+`, ' ', 1)`).Scan(&text)
	require.NoError(t, err)
	return text
}
