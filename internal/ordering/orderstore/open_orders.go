package orderstore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// allow asks limits about what the customer has open. One customer's orders take turns here, so that none is overlooked.
func allow(tx *gorm.DB, customer uuid.UUID, limits ordering.Limits) error {
	if limits == (ordering.Limits{}) {
		return nil
	}
	if err := postgres.TakeTurns(tx, "orders of "+customer.String()); err != nil {
		return err
	}
	var open ordering.Open
	err := tx.Raw(`
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
		) AS o`, customer, customer,
	).Find(&open).Error
	if err != nil {
		return fmt.Errorf("count a customer's open orders: %w", err)
	}
	return limits.Allow(open)
}
