// Package payment defines what the shop needs of any card processor.
package payment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Method is how an order is paid.
type Method string

// The ways to pay.
const (
	Cash Method = "CASH"
	Card Method = "CARD"
)

// Status is where an order's payment stands.
type Status string

// The states of a payment.
const (
	Pending           Status = "PENDING"
	RequiresAction    Status = "REQUIRES_ACTION"
	Authorized        Status = "AUTHORIZED"
	Captured          Status = "CAPTURED"
	PartiallyRefunded Status = "PARTIALLY_REFUNDED"
	Refunded          Status = "REFUNDED"
	Voided            Status = "VOIDED"
	Failed            Status = "FAILED"
)

// Gateway reserves, takes and returns a customer's money.
//
// Every call is idempotent by its key: repeated with the same arguments, after a time-out or a crash, it has no further
// effect. A *Refusal is a definite no to what was asked, a *Misuse one to how it was asked. Any other error leaves the
// outcome unknown; only a repeat with the same key tells.
// Calls are slow and may take seconds, so none belongs inside a database transaction.
type Gateway interface {
	// Amounts tells what can be paid at all; it asks nobody.
	Amounts(currency string) Amounts

	// Authorize reserves the amount. A decline or a needed action is an outcome and never an error. A repeat gives the
	// first answer again, even if the intent has moved on since.
	Authorize(ctx context.Context, a Authorization) (Outcome, error)

	// Find looks for the intent that an authorization with this key made, and makes none. Age is how long ago the key was used
	// last, at least. A gateway's search may not know yet what has just been made: as long as that is possible, not to find it
	// is an error.
	Find(ctx context.Context, key string, age time.Duration) (outcome Outcome, found bool, err error)

	// Capture takes an amount of what was authorized, and lets go of the rest; to capture what is captured already succeeds. It
	// fails with a *Refusal if nothing is reserved, because the intent is cancelled, expired or was never authorized.
	Capture(ctx context.Context, c Capturing) error

	// Release makes the intent hold no money: it voids what is reserved, refunds what is captured, and does nothing if
	// that is so already. It fails with a *Refusal if the intent is unknown or its money can't be returned.
	Release(ctx context.Context, intentID, key string) (Released, error)

	// Refund gives a part back of what is captured; Refunds tells what became of it. It fails with a *Refusal if so much isn't
	// left, or can't be given back.
	Refund(ctx context.Context, r RefundRequest) error

	// Refunds lists all refunds of an intent, also those that somebody made by hand.
	Refunds(ctx context.Context, intentID string) ([]GatewayRefund, error)
}

// Amounts are the smallest and the largest that can be paid at once, in minor units of a currency. Least is 0 if nothing can be
// paid by card. What is between them and a multiple of money.Step, the gateway takes.
type Amounts struct{ Least, Most int64 }

// Authorization asks for an amount in minor units of an ISO 4217 currency. The key is made from the order and the
// attempt; another token is another attempt and needs another key.
type Authorization struct {
	Key      string
	OrderID  uuid.UUID
	Amount   int64
	Currency string
	Token    string
}

// Capturing asks to take an amount of what an intent has reserved, in minor units of its currency; all of it at most.
type Capturing struct {
	Key      string
	IntentID string
	Amount   int64
	Currency string // the intent's, ISO 4217
}

// Outcome is what became of an authorization: AUTHORIZED, REQUIRES_ACTION, FAILED, or VOIDED if the intent was cancelled
// since. Only the last two have a decline code; FAILED has no intent where the gateway refused to make one.
type Outcome struct {
	Status      Status
	IntentID    string
	DeclineCode string
	Action      Action // of REQUIRES_ACTION
}

// Action is what the customer has to do at the bank, such as 3-D Secure. What a gateway doesn't offer is empty.
type Action struct {
	ClientSecret string // for the gateway's own client library, in the customer's browser
	URL          string // a page to send the customer to
}

// Released is VOIDED, or REFUNDED with the sum of all refunds in minor units.
type Released struct {
	Status   Status
	Refunded int64
}

// Decline codes of our own.
const (
	DeclineInvalidToken = "invalid_token" // of a token that the gateway doesn't know
	DeclineCanceled     = "canceled"      // of an intent that was cancelled
)

// Refusal is the gateway's definite no: nothing happened, and the same call won't ever succeed.
type Refusal struct {
	Code string // the gateway's word for the reason, e.g. "canceled"
}

// Error implements error.
func (r *Refusal) Error() string { return fmt.Sprintf("refused by the payment gateway: %s", r.Code) }

// Misuse is the gateway's no to how it was asked: a key of ours or a parameter is wrong, or the account may not do this. It
// is nobody's fault but ours, and once somebody has put it right, the same may be asked again.
type Misuse struct {
	Code string // the gateway's word for the reason, e.g. "parameter_invalid_integer"
	// Burnt tells that nothing happened and that the call's key gets this answer for ever: another try takes another key.
	// Otherwise an earlier call with the key may have succeeded.
	Burnt bool
}

// Error implements error.
func (m *Misuse) Error() string {
	return fmt.Sprintf("the payment gateway was asked wrongly: %s", m.Code)
}
