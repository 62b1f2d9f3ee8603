package orderstore

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
)

// loadedRow is what a move needs of an order, and its payment: every order has one.
type loadedRow struct {
	ID          uuid.UUID
	LocationID  uuid.UUID
	Version     int
	Status      ordering.Status
	Fulfillment ordering.Fulfillment
	CustomerID  uuid.UUID
	Currency    string
	Forgotten   bool

	ScheduledFor   *time.Time
	PromisedLikely *time.Time
	PromisedLatest *time.Time
	PromiseReason  *string
	KitchenSeconds *int
	WaySeconds     *int

	Payment paymentRow `gorm:"embedded;embeddedPrefix:payment_"`
}

// lockBoth keeps the order and its payment from changing until the transaction ends. With a lock on the order alone,
// a transaction that had to wait for it would get the payment as it was before.
const lockBoth = ` FOR NO KEY UPDATE OF o, p`

// load reads what a move needs of one order, in one statement that is written out, since every move begins with it and
// GORM would put the names of the columns together each time. It fails with NOT_FOUND if there is none.
func load(db *gorm.DB, id uuid.UUID, lock string) (ordering.State, error) {
	var row loadedRow
	found := db.Raw(`
		SELECT
			o.id, o.location_id, o.version, o.status, o.fulfillment, o.customer_id, o.currency, o.forgotten_at IS NOT NULL AS forgotten,
			o.scheduled_for, o.promised_likely, o.promised_latest, o.promise_reason, o.kitchen_seconds, o.way_seconds,
			p.id AS payment_id, p.method AS payment_method, p.status AS payment_status,
			p.amount_cents AS payment_amount_cents, p.refunded_cents AS payment_refunded_cents,
			p.supplements AS payment_supplements, p.changed_cents AS payment_changed_cents,
			p.attempt AS payment_attempt, p.attempt_id AS payment_attempt_id, p.attempted_at AS payment_attempted_at,
			p.token AS payment_token, p.intent_id AS payment_intent_id, p.intent_attempt AS payment_intent_attempt,
			p.decline_code AS payment_decline_code, p.burnt_keys AS payment_burnt_keys,
			p.action_client_secret AS payment_action_client_secret, p.action_url AS payment_action_url,
			p.due AS payment_due, p.due_since AS payment_due_since, p.due_at AS payment_due_at, p.due_tries AS payment_due_tries,
			p.refunds_due_at AS payment_refunds_due_at, p.refunds_due_tries AS payment_refunds_due_tries
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
	state := row.state()
	if state.Payment.Supplements == 0 { // nearly every order
		return state, nil
	}
	var err error
	state.Supplements, err = loadSupplements(db, id)
	return state, err
}

// state restores no more than a move needs: whose order it is, how it stands and how it is paid. What was ordered, where it
// goes and what it costs doesn't change any more, and isn't loaded.
func (r *loadedRow) state() ordering.State {
	p := r.Payment
	return ordering.State{
		ID: r.ID, LocationID: r.LocationID, Version: r.Version, Status: r.Status, Details: ordering.Details{Fulfillment: r.Fulfillment, ScheduledFor: r.ScheduledFor},
		Customer: ordering.Customer{ID: r.CustomerID}, Currency: r.Currency, Forgotten: r.Forgotten,
		Promise:     location.Promise{Likely: value(r.PromisedLikely).UTC(), Latest: value(r.PromisedLatest).UTC(), Reason: value(r.PromiseReason)},
		KitchenTime: time.Duration(value(r.KitchenSeconds)) * time.Second, Way: time.Duration(value(r.WaySeconds)) * time.Second,
		Payment: ordering.Payment{
			ID: p.ID, Method: p.Method, Status: p.Status, Amount: p.AmountCents, Refunded: p.RefundedCents, Supplements: p.Supplements, Changed: p.ChangedCents,
			Attempt: p.Attempt, AttemptID: value(p.AttemptID), AttemptedAt: p.AttemptedAt, Token: value(p.Token),
			IntentID: value(p.IntentID), IntentAttempt: p.IntentAttempt, DeclineCode: value(p.DeclineCode),
			Action:    payment.Action{ClientSecret: value(p.ActionSecret), URL: value(p.ActionURL)},
			BurntKeys: p.BurntKeys, Due: value(p.Due), DueSince: p.DueSince, DueAt: p.DueAt, DueTries: p.DueTries,
			RefundsDueAt: p.RefundsDueAt, RefundsDueTries: p.RefundsDueTries,
		},
	}
}
