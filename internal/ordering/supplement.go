package ordering

import (
	"time"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// Supplement is what an amendment made dearer, paid apart from the order's payment. Once it is authorized the amendment is
// made, and the payment's amount has it in it.
type Supplement struct {
	Payment
	Amendment *Amendment // what it pays for, while that waits for the bank
}

// begin authorizes what an amendment makes dearer; until then nothing of it counts. One that waits for its customer at the
// bank gives way to the next.
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

// recordSupplement records what became of a supplement at the gateway, and makes its amendment once it is authorized:
// unless the order has changed since, or the change is refused by now.
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
