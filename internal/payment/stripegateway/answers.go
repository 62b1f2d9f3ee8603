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
		o.Status = payment.RequiresAction
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

// refusedAuthorization finds the outcome in an answer that says no. An answer that could differ next time, such as one
// about our key or our rate, is none.
func refusedAuthorization(err error) (payment.Outcome, bool) {
	e, ok := definite(err)
	if !ok {
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

// refusal turns a definite no into a *payment.Refusal and leaves out of other errors what may be the customer's.
func refusal(err error) error {
	if e, ok := definite(err); ok {
		return &payment.Refusal{Code: declineCode(e)}
	}
	return plain(err)
}

// definite finds an answer that the same request would always get.
func definite(err error) (*stripe.Error, bool) {
	var e *stripe.Error
	if !errors.As(err, &e) {
		return nil, false
	}
	switch e.HTTPStatusCode {
	case http.StatusBadRequest, http.StatusPaymentRequired, http.StatusNotFound:
	default:
		return nil, false
	}
	switch e.Code {
	case stripe.ErrorCodeLockTimeout, stripe.ErrorCodeRateLimit, stripe.ErrorCodeIdempotencyKeyInUse:
		return nil, false
	default:
	}
	return e, e.Type == stripe.ErrorTypeCard || e.Type == stripe.ErrorTypeInvalidRequest
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
