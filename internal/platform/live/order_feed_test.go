package live_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
)

func TestOrderBeginsWithItsCurrentState(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	order := s.MustPlace(t)
	s.MustMove(t, order, "CONFIRMED")
	other := s.MustPlace(t)

	w := s.watchOrder(t, order, "")
	w.changes(t, 1)
	s.MustMove(t, order, "PREPARING", "READY")
	s.MustMove(t, other, "CONFIRMED")
	s.tail.Wake()

	got := w.changes(t, 3)
	require.Equal(t, []int{2, 3, 4}, versions(got))
	for _, c := range got {
		require.Equal(t, c.Event.Version, c.Order.Version, "the order as it stood after the event")
		require.Equal(t, c.Event.To, c.Order.Status)
		detail, err := c.Order.Detail()
		require.NoError(t, err)
		require.Len(t, detail.Timeline, c.Event.Version)
	}
	paid, err := got[1].Order.Payment(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 3, paid.Refunded)
}

func TestOrderContinuesExactlyAfterEachCursor(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{Page: 2}})
	order := s.MustPlace(t)
	w := s.watchOrder(t, order, "")
	w.changes(t, 1)
	s.MustMove(t, order, "CONFIRMED", "PREPARING")
	s.MustPlace(t)
	s.MustMove(t, order, "READY", "PICKED_UP")
	first := w.changes(t, 5)

	for i, c := range first {
		again := s.watchOrder(t, order, c.Cursor)
		require.Equal(t, versions(first[i+1:]), versions(again.changes(t, len(first)-i-1)))
	}
}

func TestOrderThatIsNotOnesOwnIsNotFound(t *testing.T) {
	t.Parallel()
	s := start(t, options{})
	order := s.MustPlace(t)
	stranger := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCustomer}}

	var answers []string
	for _, after := range []string{"", s.now(t)} {
		_, err := s.feed.Order(t.Context(), stranger, order, after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		answers = append(answers, err.Error())
		_, err = s.feed.Order(t.Context(), stranger, uuid.New(), after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		answers = append(answers, err.Error())
		_, err = s.feed.Order(t.Context(), cook, uuid.Nil, after, live.Every)
		require.True(t, fault.Is(err, fault.NotFound))
		_, err = s.feed.Order(t.Context(), cook, order, after, live.Every)
		require.NoError(t, err)
	}
	require.Equal(t, answers[0], answers[1])
	require.Equal(t, answers[2], answers[3])
}

func TestGapOfAnOrderCountsItsOwnEventsOnly(t *testing.T) {
	t.Parallel()
	s := start(t, options{live: live.Options{MaxGap: 3}})
	order := s.MustPlace(t)
	old := s.now(t)
	for range 10 {
		s.MustPlace(t)
	}
	s.MustMove(t, order, "CONFIRMED")

	require.Equal(t, []int{2}, versions(s.watchOrder(t, order, old).changes(t, 1)))
}
