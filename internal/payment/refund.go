package payment

import "github.com/google/uuid"

// RefundStatus is where a refund stands.
type RefundStatus string

// The states of a refund. What has succeeded may still fail, when the customer's bank sends it back.
const (
	RefundRequested RefundStatus = "REQUESTED"
	RefundSucceeded RefundStatus = "SUCCEEDED"
	RefundFailed    RefundStatus = "FAILED"
)

// RefundRequest asks to give back an amount, in minor units, of what an intent has captured.
type RefundRequest struct {
	Key      string
	IntentID string
	OrderID  uuid.UUID
	RefundID uuid.UUID // the shop's
	Amount   int64
	Currency string // the intent's, ISO 4217
}

// GatewayRefund is a refund as the gateway knows it. RefundID is the shop's; the zero id if somebody made it by hand.
type GatewayRefund struct {
	ID       string
	RefundID uuid.UUID
	Amount   int64 // in minor units
	Status   RefundStatus
}
