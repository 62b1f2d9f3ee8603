package ordering

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// Supplement is what an amendment made dearer, paid apart from the order's payment. Once it is authorized the amendment is made, and the
// payment's amount has it in it.
type Supplement struct {
	Payment
	Amendment *Amendment // what it pays for, while that waits for the bank
}

// begin authorizes what an amendment makes dearer; until then nothing of it counts. One that waits for its customer at the bank gives
// way to the next.
func (o *Order) begin(a Amendment, token string, at time.Time) {
	for i := range o.state.Supplements {
		o.state.Supplements[i].lapse(at)
	}
	o.state.Payment.Supplements++
	s := Supplement{Amendment: &a, Payment: Payment{ID: a.ID, Supplement: o.state.Payment.Supplements, Method: payment.Card, Amount: a.PriceChange}}
	s.attempt(a.ID, token, at)
	o.state.Supplements = append(o.state.Supplements, s)
}

// lapse gives up an amendment that waits for the bank.
func (s *Supplement) lapse(at time.Time) {
	if s.Amendment != nil {
		s.Amendment = nil
		s.abandon(at)
	}
}

// supplement returns one of the order's, by its number.
func (o *Order) supplement(number int) *Supplement {
	for i := range o.state.Supplements {
		if o.state.Supplements[i].Supplement == number {
			return &o.state.Supplements[i]
		}
	}
	return nil
}

// part returns the order's payment (0), or a supplement of it by its number.
func (o *Order) part(number int) *Payment {
	if s := o.supplement(number); s != nil {
		return &s.Payment
	}
	return &o.state.Payment
}

// parts are the order's payment and its supplements.
func (o *Order) parts() []*Payment {
	all := []*Payment{&o.state.Payment}
	for i := range o.state.Supplements {
		all = append(all, &o.state.Supplements[i].Payment)
	}
	return all
}

// due returns the first part of the payment about which the gateway is to be asked; nil if there is none.
func (o *Order) due() *Payment {
	for _, p := range o.parts() {
		if p.Due != NothingDue {
			return p
		}
	}
	return nil
}

// supplementDue tells whether the gateway is to be asked about a supplement.
func (o *Order) supplementDue() bool {
	p := o.due()
	return p != nil && p.Supplement > 0
}

// counts tells whether the payment's amount has the supplement in it.
func (s *Supplement) counts() bool {
	switch s.Status {
	case payment.Authorized, payment.Captured, payment.PartiallyRefunded, payment.Refunded:
		return s.Due != ReleaseDue
	default:
		return false
	}
}

// own is the amount of one part of the payment, without the others.
func (o *Order) own(p *Payment) int64 {
	if p.Supplement > 0 {
		return p.Amount
	}
	amount := p.Amount
	for i := range o.state.Supplements {
		if s := &o.state.Supplements[i]; s.counts() {
			amount -= s.Amount
		}
	}
	return amount
}

// recordSupplement records what became of a supplement at the gateway, and makes its amendment once it is authorized: unless the order
// has changed since, or the change is refused by now.
func (o *Order) recordSupplement(number int, outcome payment.Outcome, at time.Time) {
	s := o.supplement(number)
	s.IntentID, s.IntentAttempt, s.DeclineCode, s.Token = outcome.IntentID, s.Attempt, outcome.DeclineCode, ""
	failed := outcome.Status == payment.Failed || outcome.Status == payment.Voided
	if s.Due == ReleaseDue {
		if failed {
			s.settle(outcome.Status)
		}
		return
	}
	a := s.Amendment
	s.settle(outcome.Status)
	switch {
	case failed:
		s.Amendment, o.lapsed = nil, s.refusal()
	case outcome.Status != payment.Authorized:
		s.Action = outcome.Action
	case a == nil || a.Version != o.state.Version || !amendable(o.state.Status):
		o.giveUp(number, o.changedSince(), at)
	default:
		s.Amendment = nil
		o.state.Payment.Amount += s.Amount
		o.apply(*a, at)
		if o.state.Status == Preparing {
			s.captureCard(at)
		}
	}
}

// whyLapsed tells why a supplement's amendment came to nothing, also where an event of the gateway's told first; nil if it didn't.
func (o *Order) whyLapsed(number int) *fault.Error {
	s := o.supplement(number)
	switch {
	case s == nil || o.lapsed != nil:
		return o.lapsed
	case s.DeclineCode != "":
		return s.refusal()
	case s.Amendment == nil && !s.counts():
		return o.changedSince()
	}
	return nil
}

func (o *Order) changedSince() *fault.Error {
	return fault.New(fault.VersionConflict, "The order has changed since: it is at version %d.", o.state.Version).
		With(fault.Details{CurrentVersion: o.state.Version}).At("expectedVersion")
}

// recordAttempt records what became of an authorization. With a refusal, what a supplement pays for isn't made any more.
func (o *Order) recordAttempt(number int, outcome payment.Outcome, refusal *fault.Error, at time.Time) {
	if number == 0 {
		o.recordOutcome(outcome, at)
		return
	}
	if s := o.supplement(number); refusal != nil && s.Due != ReleaseDue {
		s.IntentID, s.IntentAttempt, s.Token = outcome.IntentID, s.Attempt, ""
		s.settle(outcome.Status)
		o.giveUp(number, refusal, at)
		return
	}
	o.recordSupplement(number, outcome, at)
}

// notTaken records that what was authorized of a part of the payment can't be taken: somebody has to ask the customer for it.
func (o *Order) notTaken(number int, status payment.Status) {
	if s := o.supplement(number); s != nil && s.counts() {
		o.state.Payment.Amount -= s.Amount
	}
	o.part(number).settle(status)
}

// released records that the gateway holds nothing of a part of the payment any more.
func (o *Order) released(number int, r payment.Released) {
	p := o.part(number)
	p.settle(r.Status)
	if number > 0 {
		if o.cancelledOrRejected() {
			o.state.Payment.Refunded = min(o.state.Payment.Refunded+max(0, r.Refunded-p.Refunded), o.state.Payment.Amount)
		}
		p.Refunded = r.Refunded
		return
	}
	sum := r.Refunded
	for i := range o.state.Supplements {
		sum += o.state.Supplements[i].Refunded
	}
	p.Refunded = min(sum, p.Amount)
}

// giveUp gives a supplement's money back, since its amendment can't be made.
func (o *Order) giveUp(number int, why *fault.Error, at time.Time) {
	s := o.supplement(number)
	s.Amendment, o.lapsed = nil, why
	s.setDue(ReleaseDue, at)
}

// overdue gives an amendment up whose authorization began at least that long ago, and has no outcome yet.
func (s *Supplement) overdue(after time.Duration, now time.Time) bool {
	if s.Due != AuthorizeDue || now.Sub(*s.AttemptedAt) < after {
		return false
	}
	s.lapse(now)
	return true
}

// partOfIntent returns the part of the payment that an intent, or the authorization with a key, is of.
func (o *Order) partOfIntent(intentID, key string) *Payment {
	for i := range o.state.Supplements {
		p := &o.state.Supplements[i].Payment
		if p.IntentID != "" && p.IntentID == intentID || key != "" && key == p.Key(o.state.ID) {
			return p
		}
	}
	return &o.state.Payment
}

// makeCheaper takes less of what isn't taken yet, and gives back what was. Of what is authorized, supplements are let go of first, as
// far as the order's own payment reaches.
func (o *Order) makeCheaper(by int64, a Amendment, newID func() uuid.UUID, at time.Time) {
	p := &o.state.Payment
	switch p.Status {
	case payment.Captured, payment.PartiallyRefunded:
		if p.viaGateway() {
			o.giveBackChanged(by, a, newID, at)
			return
		}
	default: // cash, or a capture that was refused: nothing is held
	case payment.Authorized:
		total, own := p.Amount-by, o.own(p)
		for i := range o.state.Supplements {
			s := &o.state.Supplements[i]
			if !s.counts() {
				continue
			}
			if s.Amount = min(s.Amount, max(0, total-own)); s.Amount == 0 {
				s.setDue(ReleaseDue, at)
			}
			own += s.Amount
		}
	}
	p.Amount -= by
}

// giveBackChanged gives back what an order costs less that was paid for, by a refund of each part of the payment that it takes.
func (o *Order) giveBackChanged(amount int64, a Amendment, newID func() uuid.UUID, at time.Time) {
	for _, piece := range o.pieces(amount) {
		r := Refund{
			ID: newID(), Amount: piece.amount, Supplement: piece.supplement, Changed: true, Status: payment.RefundRequested, Reason: "Changed", By: a.By, At: at,
		}
		if o.state.Forgotten {
			r.Reason = ""
		}
		o.add(r)
	}
	o.state.Payment.askForRefunds(at)
}

// piece is what one part of a payment gives back of an amount.
type piece struct {
	supplement int
	amount     int64
}

// pieces tells which parts of the payment give back an amount: one alone where it reaches, the order's own first.
func (o *Order) pieces(amount int64) (all []piece) {
	var parts []piece
	for _, p := range o.parts() {
		left := o.own(p)
		if p.Supplement > 0 && (p.Status == payment.Voided || p.Status == payment.Failed || !o.supplement(p.Supplement).counts()) {
			continue
		}
		for _, r := range o.state.Refunds {
			if r.Status != payment.RefundFailed && r.Supplement == p.Supplement {
				left -= r.Amount
			}
		}
		if left >= amount {
			return []piece{{p.Supplement, amount}}
		}
		parts = append(parts, piece{p.Supplement, left})
	}
	for _, part := range parts {
		if part.amount = min(part.amount, amount); part.amount > 0 {
			all = append(all, part)
			amount -= part.amount
		}
	}
	return all
}
