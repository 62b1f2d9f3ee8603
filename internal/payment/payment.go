// Package payment defines what the shop needs of any card processor.
package payment

import (
	"context"
	"fmt"

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
// effect. An error that is not a *Refusal leaves the outcome unknown; only a repeat with the same key tells.
// Calls are slow and may take seconds, so none belongs inside a database transaction.
type Gateway interface {
	// Authorize reserves the amount. A decline or a needed action is an outcome and never an error. A repeat gives the
	// first answer again, even if the intent has moved on since.
	Authorize(ctx context.Context, a Authorization) (Outcome, error)

	// Capture takes what was authorized; to capture what is captured already succeeds. It fails with a *Refusal if
	// nothing is reserved, because the intent is cancelled, expired or was never authorized.
	Capture(ctx context.Context, intentID, key string) error

	// Release makes the intent hold no money: it voids what is reserved, refunds what is captured, and does nothing if
	// that is so already. It fails with a *Refusal if the intent is unknown or its money can't be returned.
	Release(ctx context.Context, intentID, key string) (Released, error)
}

// Authorization asks for an amount in minor units of an ISO 4217 currency. The key is made from the order and the
// attempt; another token is another attempt and needs another key.
type Authorization struct {
	Key      string
	OrderID  uuid.UUID
	Amount   int64
	Currency string
	Token    string
}

// Outcome is what became of an authorization: AUTHORIZED, REQUIRES_ACTION, FAILED, or VOIDED if the intent was cancelled
// since. Only the last two have a decline code; FAILED has no intent where the gateway refused to make one.
type Outcome struct {
	Status      Status
	IntentID    string
	DeclineCode string
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
