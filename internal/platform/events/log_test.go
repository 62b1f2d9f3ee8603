package events_test

import (
	"testing"

	"github.com/google/uuid"
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
