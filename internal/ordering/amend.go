package ordering

import (
	"time"

	"github.com/google/uuid"
)

// amend makes an amendment that was calculated for this version of the order, or begins the payment that it waits for.
func (o *Order) amend(cmd AmendOrder, a Amendment, newID func() uuid.UUID, at time.Time) error {
	if _, err := o.mayAmend(cmd); err != nil {
		return err
	}
	if a.asksTheBank(o.state.Payment) {
		o.begin(a, *cmd.PaymentToken, at)
		return nil
	}
	for i := range o.state.Supplements {
		o.state.Supplements[i].lapse(at)
	}
	if a.PriceChange < 0 {
		o.makeCheaper(-a.PriceChange, a, newID, at)
	} else {
		o.state.Payment.Amount += a.PriceChange
	}
	o.apply(a, at)
	return nil
}

// apply makes the order what the amendment says. Its money is settled apart.
func (o *Order) apply(a Amendment, at time.Time) {
	before := o.state.Promise
	s := a.After
	o.state.Lines, o.state.Totals, o.state.Taxes, o.state.PriceLines, o.state.Coupons = s.Lines, s.Totals, s.Taxes, s.PriceLines, s.Coupons
	o.state.Promotions, o.state.Rules = s.Promotions, s.Rules
	o.state.Promise, o.state.Batches, o.state.KitchenTime = s.Promise, s.Batches, s.KitchenTime
	o.state.EstimatedReadyAt, o.state.EstimatedDeliveryAt = s.EstimatedReadyAt, s.EstimatedDeliveryAt
	o.amendment = &a
	o.state.Version++
	e := Event{
		Version: o.state.Version, Type: OrderAmended, From: o.state.Status, To: o.state.Status, Payment: o.state.Payment.snapshot(),
		Actor: a.By, Reason: a.Reason, At: at, Amendment: &a,
	}
	if o.state.Promise != before {
		e.Promise = &o.state.Promise
	}
	if o.state.Forgotten {
		e.Reason = nil
	}
	o.events = append(o.events, e)
}

// Amendment returns the change of what was ordered since the order was restored; nil if there was none.
func (o *Order) Amendment() *Amendment { return o.amendment }

// ReadyByTicket makes an order ready of which nothing is left to be made, since what was left isn't wanted any more.
func (o *Order) ReadyByTicket(at time.Time) {
	if o.state.Status == Preparing {
		o.moveBySystem(MarkReady, nil, at)
	}
}

// moveSupplements has the order's supplements follow a move of it, as its payment does.
func (o *Order) moveSupplements(to Status, at time.Time) {
	for i := range o.state.Supplements {
		s := &o.state.Supplements[i]
		switch to {
		case Cancelled, Rejected:
			if s.Amendment = nil; s.Due != ReleaseDue {
				s.abandon(at)
			}
		case Preparing:
			if s.Due == NothingDue {
				s.captureCard(at)
			}
		case Pending, Confirmed, Ready, OutForDelivery, Delivered, PickedUp:
		}
	}
}

// splitRefund divides a refund among the parts of the payment that give it back: one, unless none alone reaches.
func (o *Order) splitRefund(r Refund) []Refund {
	if !o.state.Payment.viaGateway() {
		return []Refund{r}
	}
	pieces := o.pieces(r.Amount)
	if len(pieces) < 2 {
		if len(pieces) == 1 {
			r.Supplement = pieces[0].supplement
		}
		return []Refund{r}
	}
	refunds := make([]Refund, 0, len(pieces))
	rest := r
	for i, p := range pieces {
		part := rest
		if i < len(pieces)-1 {
			part = rest.first(p.amount)
			rest.Amount -= part.Amount
			rest.Parts = Parts{rest.Parts.Goods - part.Parts.Goods, rest.Parts.DeliveryFee - part.Parts.DeliveryFee, rest.Parts.Tip - part.Parts.Tip}
			rest.Lines = nil
		}
		part.Supplement = p.supplement
		if i > 0 {
			part.ID = uuid.NewSHA1(r.ID, []byte{byte(p.supplement)})
		}
		refunds = append(refunds, part)
	}
	return refunds
}

// first is a first part of the refund: of the food, with all of its lines, then of the fee, and of the tip.
func (r Refund) first(amount int64) Refund {
	r.Amount = amount
	goods := min(amount, r.Parts.Goods)
	fee := min(amount-goods, r.Parts.DeliveryFee)
	r.Parts = Parts{goods, fee, min(amount-goods-fee, r.Parts.Tip)}
	return r
}
