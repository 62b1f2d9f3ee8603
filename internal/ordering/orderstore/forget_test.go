package orderstore_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/events/eventstest"
)

// A refund that the gateway is being asked for, or that somebody looks at, is locked: it isn't waited for, and not lost sight of.
func TestAManagersNameOnARefundThatIsLockedIsForgottenLater(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	store, order, manager := orderstore.New(shop.Gorm), shop.MustPlace(t), uuid.New()
	_, err := shop.Pool.Exec(t.Context(), `
		INSERT INTO public.refunds
			(id, order_id, amount_cents, goods_cents, delivery_fee_cents, tip_cents, status, reason, actor_role, actor_id, actor_name, at)
		VALUES (gen_random_uuid(), $1, 100, 100, 0, 0, 'SUCCEEDED', 'Cold.', 'MANAGER', $2, 'Nina', now())`, order, manager)
	require.NoError(t, err)
	_, err = shop.Pool.Exec(t.Context(), `
		INSERT INTO public.events (at, stream, stream_id, version, type, to_state, payload, actor_role, actor_id, actor_name)
		VALUES (now(), 'ORDER', $1, 100, 'REFUNDED', 'DELIVERED', '{}', 'MANAGER', $2, 'Nina')`, order, manager)
	require.NoError(t, err)
	names := func() (left int) {
		require.NoError(t, shop.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.refunds WHERE actor_name IS NOT NULL`).Scan(&left))
		return left
	}
	settling, err := shop.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = settling.Exec(t.Context(), `SELECT FROM public.refunds FOR UPDATE`)
	require.NoError(t, err)

	clean, err := store.Forget(t.Context(), manager)

	require.NoError(t, err)
	require.False(t, clean, "a name is left")
	require.NoError(t, settling.Rollback(t.Context()))
	for _, want := range []bool{false, true} {
		clean, err = store.Forget(t.Context(), manager)
		require.NoError(t, err)
		require.Equal(t, want, clean)
		require.Zero(t, names())
	}
}
