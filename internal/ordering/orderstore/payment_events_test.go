package orderstore_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/fault"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func event(order uuid.UUID, id string) ordering.PaymentEventReceipt {
	return ordering.PaymentEventReceipt{EventID: id, OrderID: order, Status: payment.Captured, At: noon}
}

func remembered(t *testing.T, shop *eventstest.Shop) (events int) {
	t.Helper()
	require.NoError(t, shop.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.payment_events`).Scan(&events))
	return events
}

func TestAnEventCountsOnceHoweverManyTellItAtOnce(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	store, told := orderstore.New(shop.Gorm), event(shop.MustPlace(t), "evt_1")
	var counted, known atomic.Int64
	var telling sync.WaitGroup
	for range 12 {
		telling.Go(func() {
			_, knew, err := store.UpdateOnce(t.Context(), told, func(*ordering.Order) error {
				counted.Add(1)
				return nil
			})
			if err != nil {
				t.Errorf("update: %v", err)
			}
			if knew {
				known.Add(1)
			}
		})
	}
	telling.Wait()

	require.EqualValues(t, 1, counted.Load())
	require.EqualValues(t, 11, known.Load())
	require.Equal(t, 1, remembered(t, shop))
}

func TestAnEventThatCouldNotBeAppliedIsNotRemembered(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	store, told := orderstore.New(shop.Gorm), event(shop.MustPlace(t), "evt_1")
	broken := errors.New("broken")

	_, _, err := store.UpdateOnce(t.Context(), told, func(*ordering.Order) error { return broken })
	require.ErrorIs(t, err, broken)
	_, _, err = store.UpdateOnce(t.Context(), event(uuid.New(), "evt_2"), func(*ordering.Order) error { return nil })
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	require.Zero(t, remembered(t, shop))

	_, known, err := store.UpdateOnce(t.Context(), told, func(*ordering.Order) error { return nil })
	require.NoError(t, err)
	require.False(t, known)
}

func TestOldEventsAreForgotten(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	store, order := orderstore.New(shop.Gorm), shop.MustPlace(t)
	for id, age := range map[string]time.Duration{"evt_old": 31 * 24 * time.Hour, "evt_young": 29 * 24 * time.Hour} {
		told := event(order, id)
		told.At = noon.Add(-age)
		_, _, err := store.UpdateOnce(t.Context(), told, func(*ordering.Order) error { return nil })
		require.NoError(t, err)
	}

	forgotten, err := orderstore.SweepPaymentEvents().Run(t.Context(), shop.Pool, noon)

	require.NoError(t, err)
	require.EqualValues(t, 1, forgotten)
	require.Equal(t, 1, remembered(t, shop))
}
