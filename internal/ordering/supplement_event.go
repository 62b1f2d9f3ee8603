package ordering

import (
	"time"

	"pizzeria/internal/payment"
)

// applySupplementEvent applies an event about a supplement, and tells whether it changed anything. It only adds to what is
// known, as applyGatewayEvent does.
func (o *Order) applySupplementEvent(number int, e payment.Event, at time.Time) bool {
	s := o.supplement(number)
	before, refundsDueAt := s.Payment, o.state.Payment.RefundsDueAt
	switch {
	case s.outcomeUnknown():
		o.recordSupplement(number, e.Outcome(), at)
	case e.Status == payment.Authorized && o.adopt(number, e.IntentID, at):
	}
	if s.Due == ReleaseDue || s.IntentID != e.IntentID { // a release reads the intent's state at the gateway itself
		return s.Payment != before
	}
	switch e.Status {
	case payment.Failed:
		if s.Status == payment.RequiresAction {
			o.recordSupplement(number, e.Outcome(), at)
		}
	case payment.Voided:
		switch s.Status { //nolint:exhaustive // of the others there is nothing to void
		case payment.RequiresAction:
			o.recordSupplement(number, e.Outcome(), at)
		case payment.Authorized:
			o.notTaken(number, payment.Voided)
		}
	case payment.Authorized, payment.Captured, payment.Refunded:
		if s.mayStillAuthorize() && s.Amendment != nil {
			o.recordSupplement(number, e.Outcome(), at)
		}
		if e.Status != payment.Authorized {
			s.markCaptured()
		}
		if e.Status == payment.Refunded && !o.cancelledOrRejected() && (e.Refunded == 0 || e.Refunded != s.Refunded) {
			o.state.Payment.askForRefunds(at)
		}
	default: // the gateway sends no other status
	}
	return s.Payment != before || o.state.Payment.RefundsDueAt != refundsDueAt
}

// refuseLateAmendment gives up the amendment that an event would have made, and can't any more.
func (o *Order) refuseLateAmendment(e payment.Event, at time.Time) bool {
	p := o.partOfIntent(e.IntentID, e.Key)
	if p.Supplement == 0 || o.supplement(p.Supplement).Amendment == nil {
		return false
	}
	o.supplement(p.Supplement).lapseWith(e, at)
	return true
}

// lapseWith gives an amendment up whose intent an event told about.
func (s *Supplement) lapseWith(e payment.Event, at time.Time) {
	s.IntentID, s.IntentAttempt, s.Token, s.Amendment = e.IntentID, s.Attempt, "", nil
	s.setDue(ReleaseDue, at)
}
