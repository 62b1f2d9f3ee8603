package events_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
)

func TestOnlyWhoIsForgottenIsTakenOutOfAnEvent(t *testing.T) {
	t.Parallel()
	shop, _ := open(t)
	order := shop.MustPlace(t)
	update := func(set string) error {
		_, err := shop.Pool.Exec(t.Context(), `UPDATE public.events SET `+set+` WHERE stream_id = $1`, order)
		return err
	}
	for _, set := range []string{
		`actor_name = 'Somebody'`, `reason = 'why'`, `type = 'READY'`, `payload = '{}'`, `xid = '9'`, `actor_id = gen_random_uuid()`,
		`at = now() + interval '1 s', actor_name = NULL`, `location_id = NULL, reason = NULL`, `stream_id = gen_random_uuid()`,
	} {
		require.ErrorContains(t, update(set), "events are never changed", set)
	}
	_, err := shop.Pool.Exec(t.Context(), `DELETE FROM public.events`)
	require.ErrorContains(t, err, "events are never changed")
	_, err = shop.Pool.Exec(t.Context(), `TRUNCATE public.events`)
	require.ErrorContains(t, err, "events are never changed")

	require.NoError(t, update(`actor_name = NULL, reason = NULL`))
}

func TestAPersonIsForgottenInAnyNumberOfEventsAndOthersAreNot(t *testing.T) {
	t.Parallel()
	shop, log := open(t)
	nina, other := uuid.New(), uuid.New()
	_, err := shop.Pool.Exec(t.Context(), `
		INSERT INTO public.events (at, stream, stream_id, version, type, payload, actor_role, actor_id, actor_name, reason)
		SELECT
			now(), 'MENU_ITEM', gen_random_uuid(), 1, 'CHANGED', '{}', CASE WHEN n % 2 = 0 THEN 'COOK' ELSE 'MANAGER' END,
			CASE WHEN n % 3 = 0 THEN $2::uuid ELSE $1::uuid END, 'Name', 'why'
		FROM generate_series(1, 450) AS n`, nina, other)
	require.NoError(t, err)
	start := now(t, log)
	named := func(of uuid.UUID) (names int) {
		require.NoError(t, shop.Pool.QueryRow(t.Context(), `
			SELECT count(*) FROM public.events AS e WHERE e.actor_id = $1 AND e.actor_name IS NOT NULL AND e.reason = 'why'`, of).Scan(&names))
		return names
	}

	clean, err := events.Authors{DB: shop.Gorm}.Forget(t.Context(), nina)

	require.NoError(t, err)
	require.False(t, clean)
	require.Zero(t, named(nina))
	require.Equal(t, 150, named(other))
	clean, err = events.Authors{DB: shop.Gorm}.Forget(t.Context(), nina)
	require.NoError(t, err)
	require.True(t, clean)
	require.Empty(t, readAll(t, log, start, events.Filter{}, 100), "it is no news to a feed")
}

func TestComparingListsTheFieldsThatDiffer(t *testing.T) {
	t.Parallel()
	type thing struct {
		Name  string         `json:"name"`
		Price map[string]int `json:"price"`
		Note  *string        `json:"note"`
	}
	before := &thing{"a", map[string]int{"x": 1, "y": 2}, nil}

	changed, err := events.Compare(before, &thing{"b", map[string]int{"y": 2, "x": 1}, nil})
	require.NoError(t, err)
	require.Len(t, changed.Before, 1)
	require.Equal(t, []string{`"a"`, `"b"`}, []string{string(changed.Before["name"]), string(changed.After["name"])})

	made, err := events.Compare((*thing)(nil), before)
	require.NoError(t, err)
	require.Empty(t, made.Before)
	require.Len(t, made.After, 3)
}
