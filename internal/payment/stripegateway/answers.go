package stripegateway

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"

	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// outcome reads what became of an intent that was created and confirmed.
func outcome(intent *stripe.PaymentIntent) (payment.Outcome, error) {
	o := payment.Outcome{IntentID: intent.ID}
	switch intent.Status {
	case stripe.PaymentIntentStatusRequiresCapture, stripe.PaymentIntentStatusSucceeded:
		o.Status = payment.Authorized
	case stripe.PaymentIntentStatusRequiresAction:
		o.Status, o.Action = payment.RequiresAction, action(intent)
	case stripe.PaymentIntentStatusCanceled:
		o.Status, o.DeclineCode = payment.Voided, payment.DeclineCanceled
	case stripe.PaymentIntentStatusRequiresPaymentMethod:
		o.Status, o.DeclineCode = payment.Failed, string(intent.Status)
		if last := intent.LastPaymentError; last != nil {
			o.DeclineCode = declineCode(last)
		}
	default:
		return payment.Outcome{}, fmt.Errorf("intent %s is still %s", intent.ID, intent.Status)
	}
	return o, nil
}

func action(intent *stripe.PaymentIntent) payment.Action {
	a := payment.Action{ClientSecret: intent.ClientSecret}
	if next := intent.NextAction; next != nil && next.RedirectToURL != nil {
		a.URL = next.RedirectToURL.URL
	}
	return a
}

// declined finds the outcome of an authorization in an answer that says no to the customer's card.
func declined(err error) (payment.Outcome, bool) {
	var e *stripe.Error
	if !errors.As(err, &e) || whose(e) != theirs {
		return payment.Outcome{}, false
	}
	o := payment.Outcome{Status: payment.Failed, DeclineCode: declineCode(e)}
	if e.PaymentIntent != nil {
		o.IntentID = e.PaymentIntent.ID
	}
	if e.Type == stripe.ErrorTypeInvalidRequest && e.Param == "payment_method" {
		o.DeclineCode = payment.DeclineInvalidToken
	}
	return o, true
}

// explained turns a definite no into a *payment.Refusal or a *payment.Misuse, and leaves out of other errors what may be the
// customer's.
func explained(err error) error {
	var e *stripe.Error
	if !errors.As(err, &e) {
		return err
	}
	switch whose(e) {
	case theirs, ofTheIntent:
		return &payment.Refusal{Code: declineCode(e)}
	case ours:
		return &payment.Misuse{Code: declineCode(e)}
	case oursAndBurnt:
		return &payment.Misuse{Code: declineCode(e), Burnt: true}
	case nobodys:
	}
	return plain(err)
}

// blame tells whose fault an answer is.
type blame int

const (
	nobodys      blame = iota // the answer could differ the next time: a lock, a rate, a fault of the gateway's
	theirs                    // the customer's: the card, or the token that stands for it
	ofTheIntent               // it stands so that it doesn't allow what was asked
	ours                      // wrong key, a key used for something else, something forbidden: what happened before stays unknown
	oursAndBurnt              // a wrong parameter: nothing happened, and the key is used up
)

func whose(e *stripe.Error) blame {
	switch e.HTTPStatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return ours
	case http.StatusBadRequest, http.StatusPaymentRequired, http.StatusNotFound:
	default:
		return nobodys
	}
	switch e.Code {
	case stripe.ErrorCodeLockTimeout, stripe.ErrorCodeRateLimit, stripe.ErrorCodeIdempotencyKeyInUse:
		return nobodys
	case stripe.ErrorCodePaymentIntentUnexpectedState, stripe.ErrorCodeChargeAlreadyRefunded, stripe.ErrorCodeChargeAlreadyCaptured,
		stripe.ErrorCodeChargeExpiredForCapture, stripe.ErrorCodeChargeDisputed:
		return ofTheIntent
	case stripe.ErrorCodeTokenAlreadyUsed:
		return theirs
	default:
	}
	switch {
	case e.Type == stripe.ErrorTypeCard, e.Type == stripe.ErrorTypeInvalidRequest && e.Param == "payment_method":
		return theirs
	case e.Type == stripe.ErrorTypeInvalidRequest && e.Code == stripe.ErrorCodeResourceMissing:
		return ofTheIntent
	case e.Type == stripe.ErrorTypeInvalidRequest:
		return oursAndBurnt
	case e.Type == stripe.ErrorTypeIdempotency:
		return ours
	}
	return nobodys
}

func declineCode(e *stripe.Error) string {
	return cmp.Or(string(e.DeclineCode), string(e.Code), string(e.Type))
}

func hasCode(err error, code stripe.ErrorCode) bool {
	var e *stripe.Error
	return errors.As(err, &e) && e.Code == code
}

// plain words an answer without its message and body, which may echo the token and the order.
func plain(err error) error {
	var e *stripe.Error
	if !errors.As(err, &e) {
		return err
	}
	return fmt.Errorf("gateway answered %d %s %s (request %s)", e.HTTPStatusCode, e.Type, e.Code, e.RequestID)
}
