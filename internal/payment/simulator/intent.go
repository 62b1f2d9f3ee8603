package simulator

import (
	"slices"
	"time"
)

// State is where an intent stands, in Stripe's words.
type State string

// The states of an intent.
const (
	RequiresPaymentMethod State = "requires_payment_method"
	RequiresConfirmation  State = "requires_confirmation"
	RequiresAction        State = "requires_action"
	RequiresCapture       State = "requires_capture"
	Succeeded             State = "succeeded"
	Canceled              State = "canceled"
)

// Intent is one attempt to collect an amount, in units of its currency as the gateway counts them, for an order. Its methods
// are the gateway's rules: each gives the intent as it is afterwards with the money moved, or a refusal and the intent as it
// was.
type Intent struct {
	ID            string
	OrderID       string
	Attempt       string // the key that the shop authorizes under, "" if it didn't say
	Amount        int64
	Currency      string // lower case
	PaymentMethod string // the token given, "" if none yet
	State         State
	Captured      int64
	Refunded      int64
	DeclineCode   string // of the last attempt, "" if it wasn't declined
	CreatedAt     time.Time
	ActionURL     string // the page of the customer's bank
	ReturnURL     string // where that page leads back to, "" if the shop didn't say
	Refunds       []RefundRecord
}

// RefundRecord is one refund of an intent. OrderID and RefundID are the shop's marks, "" if it was made by hand.
type RefundRecord struct {
	ID       string `json:"id"`
	Amount   int64  `json:"amount"`
	Failed   bool   `json:"failed"`
	OrderID  string `json:"orderId"`
	RefundID string `json:"refundId"`
}

// Held is the money that the intent keeps from the customer, reserved or taken.
func (in Intent) Held() int64 {
	if in.State == RequiresCapture {
		return in.Amount
	}
	return in.Captured - in.Refunded
}

// Confirm tries to reserve the amount on the card. Confirming what waits for an action stands for the customer having
// done it.
func (in Intent) Confirm(token string, c card) (Intent, []Movement, *Refusal) {
	actionDone := in.State == RequiresAction
	if !actionDone && in.State != RequiresPaymentMethod && in.State != RequiresConfirmation {
		return in, nil, in.unexpectedState("confirm")
	}
	in.PaymentMethod = token
	switch {
	case c.decline != "":
		in.State, in.DeclineCode = RequiresPaymentMethod, c.decline
		return in, nil, in.declined()
	case c.needsAction && !actionDone:
		in.State, in.DeclineCode = RequiresAction, ""
		return in, nil, nil
	default:
		in.State, in.DeclineCode = RequiresCapture, ""
		return in, []Movement{{Authorize, in.Amount}}, nil
	}
}

// Capture takes amount of what is reserved and lets go of the rest; nil takes all.
func (in Intent) Capture(amount *int64) (Intent, []Movement, *Refusal) {
	if in.State != RequiresCapture {
		return in, nil, in.unexpectedState("capture")
	}
	taken := in.Amount
	if amount != nil {
		taken = *amount
	}
	if taken <= 0 || taken > in.Amount {
		return in, nil, invalid("amount_to_capture", "amount_too_large", "The amount must be between 1 and the amount authorized.")
	}
	if refusal := in.whole("amount_to_capture", taken); refusal != nil {
		return in, nil, refusal
	}
	moved := []Movement{{Capture, taken}}
	if rest := in.Amount - taken; rest > 0 {
		moved = append(moved, Movement{Void, rest})
	}
	in.State, in.Captured = Succeeded, taken
	return in, moved, nil
}

// Cancel ends an intent that has taken no money and lets go of what is reserved.
func (in Intent) Cancel() (Intent, []Movement, *Refusal) {
	if in.State == Succeeded || in.State == Canceled {
		return in, nil, in.unexpectedState("cancel")
	}
	var moved []Movement
	if in.State == RequiresCapture {
		moved = []Movement{{Void, in.Amount}}
	}
	in.State = Canceled
	return in, moved, nil
}

// Refund gives back amount of what was taken; nil gives back all that is left.
func (in Intent) Refund(amount *int64) (Intent, []Movement, *Refusal) {
	if in.State != Succeeded {
		return in, nil, in.unexpectedState("refund")
	}
	left := in.Captured - in.Refunded
	if left == 0 {
		return in, nil, invalid("", "charge_already_refunded", "The charge has already been refunded.")
	}
	returned := left
	if amount != nil {
		returned = *amount
	}
	if returned <= 0 || returned > left {
		return in, nil, invalid("amount", "parameter_invalid_integer", "The amount must be between 1 and what is not refunded yet.")
	}
	if refusal := in.whole("amount", returned); refusal != nil {
		return in, nil, refusal
	}
	in.Refunded += returned
	return in, []Movement{{Refund, returned}}, nil
}

// FailRefund takes back a refund that the customer's bank didn't accept.
func (in Intent) FailRefund(id string) (Intent, []Movement, *Refusal) {
	i := slices.IndexFunc(in.Refunds, func(r RefundRecord) bool { return r.ID == id && !r.Failed })
	if i < 0 {
		return in, nil, missing("refund", "Refund")
	}
	in.Refunds = slices.Clone(in.Refunds)
	in.Refunds[i].Failed = true
	in.Refunded -= in.Refunds[i].Amount
	return in, []Movement{{RefundFailed, in.Refunds[i].Amount}}, nil
}
