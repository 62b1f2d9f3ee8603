package live_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
)

func TestKitchenSeesEveryChangeFromNowOn(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	before := s.MustPlace(t)
	w := s.watchKitchen(t, "")

	order := s.MustPlace(t)
	s.MustMove(t, before, "CONFIRMED")
	s.MustMove(t, order, "CANCELLED")

	require.Equal(t, []eventstest.Key{{ID: order, Version: 1}, {ID: before, Version: 2}, {ID: order, Version: 2}},
		keys(w.changes(t, 3)))
}

func TestKitchenFiltersByStatusAndStillResumesExactly(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	begin := s.now(t)
	to := []ordering.Status{ordering.Confirmed, ordering.Ready}
	w := s.watchKitchen(t, begin, to...)
	for range 4 {
		order := s.MustPlace(t)
		s.MustMove(t, order, "CONFIRMED", "PREPARING", "READY", "PICKED_UP")
	}
	got := w.changes(t, 8)
	for i, c := range got {
		require.Contains(t, to, c.Event.To)
		require.Equal(t, keys(got[i+1:]), keys(s.watchKitchen(t, c.Cursor, to...).changes(t, 7-i)))
	}
}

// The reader joins between two looks of the tail, and sees more than the tail had: the tail's cursors won't do for it.
func TestReaderWhoJoinedAheadOfTheTailResumesExactly(t *testing.T) {
	t.Parallel()
	for _, mode := range []live.Mode{live.Every, live.Latest} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := prepare(t, eventstest.Open(t), options{})
			slow, err := s.Pool.Begin(t.Context())
			require.NoError(t, err)
			late, err := s.Place(t.Context(), slow)
			require.NoError(t, err)
			s.MustPlace(t)
			w := s.watchKitchenIn(t, mode, "")
			require.NoError(t, slow.Commit(t.Context()))
			s.MustPlace(t)

			s.run(t)

			got := w.changes(t, 2)
			require.Len(t, got, 2, "not what was there before it joined")
			require.Equal(t, late, got[0].Order.ID)
			require.Equal(t, keys(got[1:]), keys(s.watchKitchen(t, got[0].Cursor).changes(t, 1)))
			last := s.watchKitchen(t, got[1].Cursor)
			next := s.MustPlace(t)
			require.Equal(t, next, last.changes(t, 1)[0].Order.ID)
		})
	}
}

func TestKitchenIsForStaff(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	_, err := s.feed.Kitchen(t.Context(), s.customer(), uuid.Nil, nil, "", live.Every)
	require.True(t, fault.Is(err, fault.Forbidden))
}
