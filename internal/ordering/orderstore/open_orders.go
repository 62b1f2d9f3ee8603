package orderstore

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// allow refuses what is more than limits let the customer of a new order have open at its location. One customer's orders take
// turns here, so that none is overlooked.
func allow(tx *gorm.DB, state ordering.State, limits location.OrderLimits) error {
	customer, at := state.Customer.ID, state.LocationID
	switch {
	case limits.Unbounded():
		return nil
	case state.Guest != nil:
		return allowGuest(tx, *state.Guest, at, limits)
	}
	if err := postgres.TakeTurns(tx, "orders of "+customer.String()+" at "+at.String()); err != nil {
		return err
	}
	open, err := openOf(tx, customer, at)
	if err != nil {
		return err
	}
	return open.Allow(limits)
}

// Open tells what a customer has open at a location.
func (s *Store) Open(ctx context.Context, customer, at uuid.UUID) (ordering.Open, error) {
	return openOf(s.db.WithContext(ctx), customer, at)
}

func openOf(tx *gorm.DB, customer, at uuid.UUID) (open ordering.Open, err error) {
	err = tx.Raw(`
		SELECT
			count(*) AS orders,
			coalesce(sum(o.portions), 0) AS portions,
			count(*) FILTER (WHERE o.method = 'CASH') AS cash_orders,
			EXISTS (
				SELECT FROM public.orders AS h WHERE h.customer_id = ? AND h.status IN ('DELIVERED', 'PICKED_UP')
			) AS known
		FROM (
			SELECT
				p.method,
				(SELECT sum(i.quantity) FROM public.order_items AS i WHERE i.order_id = u.id) AS portions
			FROM public.orders AS u
			JOIN public.payments AS p ON p.order_id = u.id
			WHERE u.customer_id = ? AND u.status IN ('PENDING', 'CONFIRMED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY')
				AND u.location_id = ?
		) AS o`, customer, customer, at,
	).Find(&open).Error
	if err != nil {
		return open, fmt.Errorf("count a customer's open orders: %w", err)
	}
	return open, nil
}
