package orderstore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/ordering"
)

// loadedRow is an order with its payment: every order has one.
type loadedRow struct {
	Order   orderRow   `gorm:"embedded"`
	Payment paymentRow `gorm:"embedded;embeddedPrefix:payment_"`
}

// lockBoth keeps the order and its payment from changing until the transaction ends. With a lock on the order alone,
// whoever had to wait for it would get the payment as it was before.
const lockBoth = ` FOR NO KEY UPDATE OF o, p`

// load reads one order, in one statement that is written out, since every move begins with it and GORM would put the
// names of the columns together each time. It fails with NOT_FOUND if there is none.
func load(db *gorm.DB, id uuid.UUID, lock string) (ordering.State, error) {
	var row loadedRow
	found := db.Raw(`
		SELECT
			o.id, o.version, o.status, o.fulfillment, o.customer_id, o.customer_name, o.customer_phone,
			o.street, o.city, o.postal_code, o.address_notes, o.special_instructions,
			o.subtotal_cents, o.discount_cents, o.delivery_fee_cents, o.tax_cents, o.tip_cents, o.total_cents, o.currency,
			o.placed_at, o.estimated_ready_at, o.estimated_delivery_at,
			p.id AS payment_id, p.method AS payment_method, p.status AS payment_status,
			p.amount_cents AS payment_amount_cents, p.refunded_cents AS payment_refunded_cents,
			p.attempt AS payment_attempt, p.attempt_id AS payment_attempt_id, p.attempted_at AS payment_attempted_at,
			p.token AS payment_token, p.intent_id AS payment_intent_id, p.intent_attempt AS payment_intent_attempt,
			p.decline_code AS payment_decline_code, p.due AS payment_due, p.due_at AS payment_due_at, p.due_tries AS payment_due_tries
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		WHERE o.id = ?`+lock, id,
	).Find(&row)
	switch {
	case found.Error != nil:
		return ordering.State{}, fmt.Errorf("load order: %w", found.Error)
	case found.RowsAffected == 0:
		return ordering.State{}, ordering.NotFound()
	}
	return stateOf(row.Order, row.Payment), nil
}
