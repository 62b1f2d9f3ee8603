package ordering

import (
	"time"

	"pizzeria/internal/payment"
)

// hear applies what the gateway tells by itself, and tells whether it was news. Events come late, twice and in any order,
// so each counts only for what it adds: none takes back what is known already.
func (o *Order) hear(e payment.Event, at time.Time) bool {
	p := &o.state.Payment
	before := *p
	switch {
	case p.unknown() && e.Key == p.Key(o.state.ID): // it came before the answer, or instead of it
		o.learned(e.Outcome(), at)
	case p.unknown() || p.IntentID == "" || p.IntentID != e.IntentID:
		return false // of an earlier attempt: its money is released before the next one begins
	}
	if p.Due != ReleaseDue { // whoever releases looks for himself
		o.follow(e, at)
	}
	return *p != before
}

// follow brings the payment to where the newest attempt's intent has been, unless it is further already.
func (o *Order) follow(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch e.Status {
	case payment.Failed:
		o.failed(e, at)
	case payment.Voided:
		o.withdrawn(e, at)
	case payment.Authorized:
		o.reserved(e, at)
	case payment.Captured:
		o.reserved(e, at)
		p.taken()
	case payment.Refunded:
		o.reserved(e, at)
		p.taken()
		p.returned(e.Refunded)
	default: // no other status is told
	}
}

// failed: the customer couldn't do what the card asked for. An intent that has reserved money once doesn't fail any more.
func (o *Order) failed(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case p.Status != payment.RequiresAction:
	case o.state.Status == Pending:
		o.learned(e.Outcome(), at)
	default:
		p.settle(payment.Failed)
	}
}

// reserved: the customer has done what the card asked for, or tried again where it had failed. An order that has been
// given up meanwhile keeps no money.
func (o *Order) reserved(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case !p.reservable():
	case o.state.Status == Pending:
		o.learned(e.Outcome(), at)
	case o.givenUp():
		p.owe(ReleaseDue, at.Add(settlingLease))
	}
}

// withdrawn: the intent was cancelled at the gateway, and nothing comes after that. An order that the kitchen works on
// waits for its capture, which finds out too.
func (o *Order) withdrawn(e payment.Event, at time.Time) {
	p := &o.state.Payment
	switch {
	case o.state.Status == Pending && p.reservable():
		o.learned(e.Outcome(), at)
	case o.state.Status == Confirmed && p.Status == payment.Authorized:
		p.settle(payment.Voided)
		reason := "The card's authorization was cancelled."
		o.moveBySystem(Reject, &reason, at)
	case o.givenUp() && (p.reservable() || p.Status == payment.Authorized):
		p.settle(payment.Voided)
	}
}

func (o *Order) givenUp() bool { return o.state.Status == Cancelled || o.state.Status == Rejected }

// reservable: nothing is reserved, but the same intent might still do it.
func (p *Payment) reservable() bool {
	return p.Status == payment.RequiresAction || p.Status == payment.Failed
}

// taken: the reserved money is the shop's, whoever captured it.
func (p *Payment) taken() {
	if p.Due != ReleaseDue && (p.Status == payment.Authorized || p.Status == payment.Failed) {
		p.settle(payment.Captured)
	}
}

// returned: somebody refunded at the gateway. Refunds only add up, so a smaller sum is an older one.
func (p *Payment) returned(sum int64) {
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
