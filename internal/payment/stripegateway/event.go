package stripegateway

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// What an intent is marked with, so that events about it find the order and the attempt.
const (
	orderMark   = "order_id"
	attemptMark = "attempt" // the key of the authorization
)

// event translates what Stripe tells; ours is false for what the shop doesn't need to know.
func event(told stripe.Event) (e payment.Event, ours bool, err error) {
	if told.Data == nil {
		return payment.Event{}, false, errors.New("event without data")
	}
	switch told.Type {
	case stripe.EventTypePaymentIntentAmountCapturableUpdated:
		return aboutIntent(told, payment.Authorized)
	case stripe.EventTypePaymentIntentSucceeded:
		return aboutIntent(told, payment.Captured)
	case stripe.EventTypePaymentIntentCanceled:
		return aboutIntent(told, payment.Voided)
	case stripe.EventTypePaymentIntentPaymentFailed:
		return aboutIntent(told, payment.Failed)
	case stripe.EventTypeChargeRefunded:
		return aboutCharge(told)
	case stripe.EventTypeRefundUpdated, stripe.EventTypeRefundFailed, stripe.EventTypeChargeRefundUpdated:
		return aboutRefund(told)
	default:
		return payment.Event{}, false, nil
	}
}

func aboutIntent(told stripe.Event, status payment.Status) (payment.Event, bool, error) {
	var intent stripe.PaymentIntent
	if err := json.Unmarshal(told.Data.Raw, &intent); err != nil {
		return payment.Event{}, false, fmt.Errorf("read intent: %w", err)
	}
	if status == payment.Authorized && intent.Status != stripe.PaymentIntentStatusRequiresCapture {
		return payment.Event{}, false, nil // a capture changes that amount too
	}
	e, ours := marked(intent.Metadata)
	e.ID, e.Status, e.IntentID = told.ID, status, intent.ID
	if status == payment.Failed {
		e.DeclineCode = string(intent.Status)
		if last := intent.LastPaymentError; last != nil {
			e.DeclineCode = declineCode(last)
		}
	}
	return e, ours, nil
}

// aboutCharge translates a refund. A charge that was never captured counts as refunded when its intent is cancelled; that
// has an event of its own.
func aboutCharge(told stripe.Event) (payment.Event, bool, error) {
	var charge stripe.Charge
	if err := json.Unmarshal(told.Data.Raw, &charge); err != nil {
		return payment.Event{}, false, fmt.Errorf("read charge: %w", err)
	}
	if !charge.Captured || charge.PaymentIntent == nil {
		return payment.Event{}, false, nil
	}
	e, ours := marked(charge.Metadata) // Stripe copies the intent's to its charge
	e.ID, e.Status, e.IntentID = told.ID, payment.Refunded, charge.PaymentIntent.ID
	e.Refunded = amount(charge.AmountRefunded, string(charge.Currency))
	return e, ours, nil
}

// aboutRefund translates news of one of the shop's own refunds; what is to be known of it is asked for.
func aboutRefund(told stripe.Event) (payment.Event, bool, error) {
	var refund stripe.Refund
	if err := json.Unmarshal(told.Data.Raw, &refund); err != nil {
		return payment.Event{}, false, fmt.Errorf("read refund: %w", err)
	}
	if refund.PaymentIntent == nil {
		return payment.Event{}, false, nil
	}
	e, ours := marked(refund.Metadata)
	e.ID, e.Status, e.IntentID = told.ID, payment.Refunded, refund.PaymentIntent.ID
	return e, ours, nil
}

func marked(metadata map[string]string) (payment.Event, bool) {
	id, err := uuid.Parse(metadata[orderMark])
	return payment.Event{OrderID: id, Key: metadata[attemptMark]}, err == nil
}
