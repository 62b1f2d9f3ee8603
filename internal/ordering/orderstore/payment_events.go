package orderstore

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// UpdateOnce stores a payment event and updates its order: both, or neither. If the event is known already, UpdateOnce does
// nothing. Two requests with the same event wait for each other at the order's lock. UpdateOnce fails with NOT_FOUND if there
// is no such order; then the event isn't stored.
func (s *Store) UpdateOnce(ctx context.Context, event ordering.PaymentEventReceipt, change func(*ordering.Order) error) (order *ordering.Order, known bool, err error) {
	order, err = s.inTx(ctx, func(tx *gorm.DB) (*ordering.Order, error) {
		return update(tx, event.OrderID, load, func(o *ordering.Order) error {
			added := tx.Exec(`
				INSERT INTO public.payment_events (id, order_id, status, received_at)
				VALUES (?, ?, ?, ?)
				ON CONFLICT (id) DO NOTHING`,
				event.EventID, event.OrderID, event.Status, event.At,
			)
			if added.Error != nil {
				return fmt.Errorf("insert payment event: %w", added.Error)
			}
			if known = added.RowsAffected == 0; known {
				return nil
			}
			return change(o)
		})
	})
	if err != nil {
		return nil, false, err
	}
	return order, known, nil
}

// SweepPaymentEvents forgets payment events after 30 days: for so long the gateway may send one again and find that it is
// known.
func SweepPaymentEvents() postgres.Sweep {
	return postgres.Sweep{Table: "public.payment_events", Column: "received_at", Keep: 30 * 24 * time.Hour}
}
