package ordering

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
)

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

// makeCheaper takes less of what isn't taken yet, and gives back what was. Of what is authorized, supplements are let go of
// first, as far as the order's own payment reaches.
func (o *Order) makeCheaper(by int64, a Amendment, newID func() uuid.UUID, at time.Time) {
	p := &o.state.Payment
	switch p.Status {
	case payment.Captured, payment.PartiallyRefunded:
		if p.viaGateway() {
			o.giveBackChanged(by, a, newID, at)
			return
		}
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
	default: // cash, or a capture that was refused: nothing is held
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
