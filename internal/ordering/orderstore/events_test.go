package orderstore_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events/eventstest"
)

func TestEachEventKeepsItsTime(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	order, cook := shop.MustPlace(t), auth.Actor{Roles: []auth.Role{auth.RoleCook}}

	_, err := orderstore.New(shop.Gorm).Update(t.Context(), order, func(o *ordering.Order) error {
		require.NoError(t, o.Do(ordering.Confirm, cook, nil, nil, noon))
		return o.Do(ordering.StartPreparing, cook, nil, nil, noon.Add(time.Minute+time.Microsecond))
	})
	require.NoError(t, err)

	var confirmed, started time.Time
	require.NoError(t, shop.Pool.QueryRow(t.Context(), `
		SELECT c.at, s.at
		FROM public.events AS c
		JOIN public.events AS s ON s.stream_id = c.stream_id AND s.version = c.version + 1
		WHERE c.stream_id = $1 AND c.type = 'CONFIRMED'`, order).Scan(&confirmed, &started))
	require.Equal(t, noon, confirmed.UTC())
	require.Equal(t, noon.Add(time.Minute+time.Microsecond), started.UTC())
}
