package ordering

import (
	"time"

	"pizzeria/internal/payment"
)

// applyGatewayEvent applies an event that the gateway sent, and tells whether it changed the payment. Events come late, twice
// and in any order, so an event only adds to what is known: no event takes anything back.
func (o *Order) applyGatewayEvent(e payment.Event, at time.Time) bool {
	if p := o.partOfIntent(e.IntentID, e.Key); p.Supplement > 0 {
		return o.applySupplementEvent(p.Supplement, e, at)
	}
	p := &o.state.Payment
	before := *p
	switch {
	case p.outcomeUnknown() && e.Key == p.Key(o.state.ID): // it came before the answer, or instead of it
		o.recordOutcome(e.Outcome(), at)
	case e.Status == payment.Authorized && e.Key == p.Key(o.state.ID) && o.adopt(0, e.IntentID, at):
	case p.outcomeUnknown() || p.IntentID == "" || p.IntentID != e.IntentID:
		return false // of an earlier attempt: its money is released before the next one begins
	}
	if p.Due != ReleaseDue { // a release reads the intent's state at the gateway itself
		o.applyIntentStatus(e, at)
	}
	return *p != before
}

// applyIntentStatus brings the payment to a status that the newest attempt's intent has had, unless the payment is further
// already.
func (o *Order) applyIntentStatus(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch e.Status {
	case payment.Failed:
		o.applyFailed(e, at)
	case payment.Voided:
		o.applyVoided(e, at)
	case payment.Authorized:
		o.applyAuthorized(e, at)
	case payment.Captured:
		o.applyAuthorized(e, at)
		p.markCaptured()
	case payment.Refunded:
		o.applyAuthorized(e, at)
		p.markCaptured()
		o.applyRefunded(e, at)
	default: // the gateway sends no other status
	}
}

// applyFailed handles an action of the card, such as 3-D Secure, that the customer did not complete. An intent that was
// authorized once can't fail any more.
func (o *Order) applyFailed(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case p.Status != payment.RequiresAction:
	case o.state.Status == Pending:
		o.recordOutcome(e.Outcome(), at)
	default:
		p.settle(payment.Failed)
	}
}

// applyAuthorized handles an intent that was authorized after the customer completed the card's action or tried again. If the
// order was cancelled or rejected meanwhile, the money is released.
func (o *Order) applyAuthorized(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case !p.mayStillAuthorize():
	case o.state.Status == Pending:
		o.recordOutcome(e.Outcome(), at)
	case o.cancelledOrRejected():
		p.setDue(ReleaseDue, at)
	}
}

// applyVoided handles an intent that was cancelled at the gateway, which is final. If the kitchen works on the order already,
// the capture finds out and fails.
func (o *Order) applyVoided(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case o.state.Status == Pending && p.mayStillAuthorize():
		o.recordOutcome(e.Outcome(), at)
	case o.state.Status == Confirmed && p.Status == payment.Authorized:
		p.settle(payment.Voided)
		reason := "The card's authorization was cancelled."
		o.moveBySystem(Reject, &reason, at)
	case o.cancelledOrRejected() && (p.mayStillAuthorize() || p.Status == payment.Authorized):
		p.settle(payment.Voided)
	}
}

func (o *Order) cancelledOrRejected() bool {
	return o.state.Status == Cancelled || o.state.Status == Rejected
}

// mayStillAuthorize tells whether nothing is authorized, but the same intent might still be.
func (p *Payment) mayStillAuthorize() bool {
	return p.Status == payment.RequiresAction || p.Status == payment.Failed
}

// markCaptured records that the authorized money was captured, by this server or at the gateway.
func (p *Payment) markCaptured() {
	if p.Due != ReleaseDue && (p.Status == payment.Authorized || p.Status == payment.Failed) {
		p.settle(payment.Captured)
	}
}

// applyRefunded handles news of refunds. What is news is asked for: a sum doesn't tell which refunds it is of, and a refund that
// failed takes some of it back. Of an order that was given up, all of the money goes back, whatever it is in parts.
func (o *Order) applyRefunded(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case o.cancelledOrRejected():
		p.recordRefund(e.Refunded)
	case e.Refunded == 0 || e.Refunded != p.Refunded:
		p.askForRefunds(at)
	}
}

// recordRefund records the sum refunded at the gateway so far. Refunds only add up, so a smaller sum is from an older event.
func (p *Payment) recordRefund(sum int64) {
	if sum <= p.Refunded {
		return
	}
	switch p.Status {
	case payment.Captured, payment.PartiallyRefunded:
		p.Status = payment.PartiallyRefunded
		if sum >= p.Amount {
			p.Status = payment.Refunded
		}
	case payment.Refunded: // by ourselves; nothing is left of it, whatever the sum was thought to be
	default:
		return
	}
	p.Refunded = min(sum, p.Amount)
}
