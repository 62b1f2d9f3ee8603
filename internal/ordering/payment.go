package ordering

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// Due is what is still to be asked of the payment gateway. It is stored in the transaction that makes it necessary, so
// that a crash can't lose it, and cleared in the one that records the gateway's answer.
type Due string

// What can be due.
const (
	NothingDue   Due = ""
	AuthorizeDue Due = "AUTHORIZE"
	CaptureDue   Due = "CAPTURE"
	ReleaseDue   Due = "RELEASE"
)

// settlingLease is how long the request that made something due has to settle it, before the completer takes it up.
const settlingLease = 15 * time.Second

// Payment is how an order is paid. Amounts are minor units of the order's currency.
type Payment struct {
	ID uuid.UUID
	// Supplement is 0 of an order's payment, and the number of a supplement of it, which counts from 1. Supplements is how many the
	// payment has had: its amount has in it what they add.
	Supplement, Supplements int
	Method                  payment.Method
	Status                  payment.Status
	Amount                  int64
	Refunded                int64
	Changed                 int64 // of Refunded: because the order was changed, and costs less
	// Attempt counts the tries to authorize, each with a token and a gateway key of its own.
	Attempt     int
	AttemptID   uuid.UUID
	AttemptedAt *time.Time
	Token       string
	// IntentID is the gateway's id of the payment intent, IntentAttempt the attempt that returned it.
	IntentID      string
	IntentAttempt int
	DeclineCode   string
	// Action is what the customer has to do, as long as the payment is REQUIRES_ACTION and the order is wanted.
	Action payment.Action
	// BurntKeys counts the keys of this attempt that the gateway refuses for good.
	BurntKeys int
	Due       Due
	DueSince  *time.Time
	DueAt     *time.Time
	DueTries  int
	// RefundsDueAt is when the gateway is to be asked about refunds; nil if there is nothing to ask.
	RefundsDueAt    *time.Time
	RefundsDueTries int
}

// PaymentSnapshot is the part of a payment that an event remembers.
type PaymentSnapshot struct {
	Status   payment.Status `json:"status"`
	Refunded int64          `json:"refunded"`
}

func (p *Payment) snapshot() PaymentSnapshot {
	return PaymentSnapshot{Status: p.Status, Refunded: p.Refunded}
}

// Key names an attempt to the gateway: repeated, it can charge only once.
func (p *Payment) Key(order uuid.UUID) string {
	key := fmt.Sprintf("order-%s-%d", order, p.Attempt)
	if p.Supplement > 0 {
		key = fmt.Sprintf("order-%s-supplement-%d-%d", order, p.Supplement, p.Attempt)
	}
	if p.BurntKeys > 0 {
		key = fmt.Sprintf("%s.%d", key, p.BurntKeys)
	}
	return key
}

// attempt begins an authorization. The request that began it has the lease to finish it; then the completer takes over.
func (p *Payment) attempt(id uuid.UUID, token string, at time.Time) {
	p.Attempt++
	p.AttemptID, p.AttemptedAt = id, &at
	p.Token, p.DeclineCode, p.BurntKeys = token, "", 0
	p.Status = payment.Pending
	p.setDue(AuthorizeDue, at)
}

// outcomeUnknown tells whether the newest attempt's outcome has not been recorded yet.
func (p *Payment) outcomeUnknown() bool { return p.IntentAttempt < p.Attempt }

// setDue makes something due from now on. Whoever made it so has the lease to settle it.
func (p *Payment) setDue(due Due, now time.Time) {
	at := now.Add(settlingLease)
	p.Action = payment.Action{}
	p.Due, p.DueSince, p.DueAt, p.DueTries = due, &now, &at, 0
}

// postpone has the completer try again after 1 s, 2 s, 4 s, up to 30 s; the last try for an authorization is due when
// authorizationTimeout ends.
func (p *Payment) postpone(now time.Time) {
	at := now.Add(min(time.Second<<min(p.DueTries, 5), 30*time.Second))
	if p.Due == AuthorizeDue {
		if end := p.AttemptedAt.Add(authorizationTimeout); now.Before(end) && at.After(end) {
			at = end
		}
	}
	p.DueAt = &at
	p.DueTries++
}

func (p *Payment) settle(status payment.Status) {
	p.Action = payment.Action{}
	p.Status, p.Due, p.DueSince, p.DueAt, p.DueTries = status, NothingDue, nil, nil, 0
}

// viaGateway tells whether the gateway takes part: it knows neither cash nor an amount of zero.
func (p *Payment) viaGateway() bool { return p.Method == payment.Card && p.Amount > 0 }

func (p *Payment) allowsConfirmation() bool {
	return !p.viaGateway() || p.Status == payment.Authorized
}

// captureCard takes the money when the kitchen starts: before, a cancellation costs nobody anything; after, food is
// being made. This is the one place that decides it, with collectCash for those who pay at the door.
func (p *Payment) captureCard(at time.Time) {
	if p.Status == payment.Authorized { // and not captured at the gateway already
		p.setDue(CaptureDue, at)
	}
}

func (p *Payment) collectCash() {
	if !p.viaGateway() {
		p.settle(payment.Captured)
	}
}

// triedSince tells whether the customer has tried to pay since the time given.
func (p *Payment) triedSince(at time.Time) bool {
	return p.AttemptedAt != nil && !p.AttemptedAt.Before(at)
}

// dueFor tells for how long it has been due.
func (p *Payment) dueFor(now time.Time) time.Duration {
	if p.DueSince == nil {
		return 0
	}
	return now.Sub(*p.DueSince)
}

// abandon makes sure that no money is held. Where the gateway may hold some, it has to be asked.
func (p *Payment) abandon(at time.Time) {
	switch {
	case p.Status == payment.Failed || p.Status == payment.Voided || p.Status == payment.Refunded:
	case p.viaGateway():
		p.setDue(ReleaseDue, at)
	default:
		p.settle(payment.Voided)
	}
}

// recordOutcome records the newest attempt's outcome at the gateway. If the first attempt fails, the order is rejected; if a
// later one fails, the order stays PENDING, for the customer to try another card.
func (o *Order) recordOutcome(outcome payment.Outcome, at time.Time) {
	p := &o.state.Payment
	p.IntentID, p.IntentAttempt, p.DeclineCode = outcome.IntentID, p.Attempt, outcome.DeclineCode
	p.Token = "" // no longer needed, so no longer kept
	failed := outcome.Status == payment.Failed || outcome.Status == payment.Voided
	if p.Due == ReleaseDue {
		if failed {
			p.settle(outcome.Status)
		}
		return
	}
	p.settle(outcome.Status)
	p.Action = outcome.Action
	switch {
	case outcome.Status == payment.Authorized:
		o.moveBySystem(Confirm, nil, at)
	case failed && p.Attempt == 1:
		reason := "The card was declined."
		o.moveBySystem(Reject, &reason, at)
	}
}

// recordNothingFound records that the newest attempt of an order that was given up never reached the gateway. What an earlier
// attempt may hold is still due for release.
func (p *Payment) recordNothingFound() {
	if p.Due != ReleaseDue || !p.outcomeUnknown() {
		return
	}
	p.IntentAttempt, p.Token = p.Attempt, ""
	if p.IntentID == "" {
		p.settle(payment.Voided)
	}
}

// adopt takes on an intent of the newest attempt of a part of the payment that nobody had found when the order, or the
// amendment, was given up, and tells whether it did: what the intent holds is released.
func (o *Order) adopt(number int, intentID string, at time.Time) bool {
	p := o.part(number)
	if number == 0 && !o.cancelledOrRejected() || p.Status == payment.Failed && number > 0 || p.outcomeUnknown() || p.IntentID != "" || intentID == "" || p.Due != NothingDue {
		return false
	}
	p.IntentID = intentID
	p.setDue(ReleaseDue, at)
	return true
}

// rejectUnconfirmed rejects a PENDING order whose authorization began at least that long ago and has no outcome yet. It tells
// whether it did.
func (o *Order) rejectUnconfirmed(after time.Duration, now time.Time) bool {
	p := o.state.Payment
	if o.state.Status != Pending || p.Due != AuthorizeDue || now.Sub(*p.AttemptedAt) < after {
		return false
	}
	reason := "The payment could not be confirmed in time."
	o.moveBySystem(Reject, &reason, now)
	return true
}

// refusal is the answer to a customer whose card was declined; nil if it was not.
func (p *Payment) refusal() *fault.Error {
	if p.DeclineCode == "" {
		return nil
	}
	return fault.New(fault.PaymentDeclined, "The card was declined.").
		With(fault.Details{DeclineCode: p.DeclineCode}).At("paymentToken")
}
