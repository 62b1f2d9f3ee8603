package ordering

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Refund is what was given back of an order, or is about to be, in minor units. What it is of is decided when it is asked
// for; of one that somebody made at the gateway, that can be less than the amount.
type Refund struct {
	ID     uuid.UUID
	Amount int64
	Parts  Parts
	Lines  []RefundShare
	Status payment.RefundStatus
	Reason string
	By     auth.Author
	// Supplement is the number of the supplement whose money it is; 0: it is the order's payment's.
	Supplement int
	// Changed tells that it is because the order was changed: it is no part of what the order costs since.
	Changed bool
	At      time.Time
	// GatewayID is the gateway's id of it, FailureCode its word for why it failed.
	GatewayID   string
	FailureCode string
	BurntKeys   int
}

// Parts are what an order's total is made of: the food with its tax and less its discount, the fee, and the tip.
type Parts struct{ Goods, DeliveryFee, Tip int64 }

// Sum adds the parts up.
func (p Parts) Sum() int64 { return p.Goods + p.DeliveryFee + p.Tip }

// RefundShare is what a refund takes of one line: portions, and of the line's price without what is added to it.
type RefundShare struct {
	Line     int // of the order's, from 1
	Quantity int
	Value    int64
}

// refund gives something back. The same refund, repeated after a crash, is found again and not made twice.
func (o *Order) refund(cmd RefundOrder, at time.Time) (Refund, error) {
	if made := o.refundOf(cmd.RefundID); made != nil {
		return *made, nil
	}
	by, err := o.admit(cmd.By, cmd.ExpectedVersion)
	if err != nil {
		return Refund{}, err
	}
	p := &o.state.Payment
	switch {
	case !by.Is(auth.RoleManager):
		return Refund{}, auth.Forbidden()
	case o.due() != nil:
		return Refund{}, fault.New(fault.PaymentInProgress, "A payment of this order is being processed; try again in a moment.")
	case p.Status != payment.Captured && p.Status != payment.PartiallyRefunded:
		return Refund{}, o.refuseMove(by, "Nothing of this order's payment can be given back: it is %s.", p.Status)
	case cmd.Restock && o.state.Status != Delivered && o.state.Status != PickedUp:
		return Refund{}, fault.New(fault.BadUserInput, "What hasn't been handed over is still in stock.").At("restock")
	}
	split, err := o.split(cmd)
	if err != nil {
		return Refund{}, err
	}
	r := Refund{
		ID: cmd.RefundID, Amount: split.Parts.Sum(), Parts: split.Parts, Lines: split.Lines, Status: payment.RefundRequested,
		Reason: cmd.Reason, By: by.Author(), At: at,
	}
	if !p.viaGateway() {
		r.Status = payment.RefundSucceeded // by hand, at the counter
	}
	if o.state.Forgotten {
		r.Reason = ""
	}
	for _, part := range o.splitRefund(r) {
		o.add(part)
	}
	if p.viaGateway() {
		p.askForRefunds(at)
	}
	if cmd.Restock {
		o.returned = o.needsOf(cmd.Lines)
		o.returnedBy = r.ID
	}
	o.record(OrderRefunded, o.state.Status, o.state.Status, by, &cmd.Reason, at)
	o.events[len(o.events)-1].Refund = &r
	return r, nil
}

func (o *Order) refundOf(id uuid.UUID) *Refund {
	for i := range o.state.Refunds {
		if o.state.Refunds[i].ID == id {
			return &o.state.Refunds[i]
		}
	}
	return nil
}

// add takes a refund on, and tells the payment.
func (o *Order) add(r Refund) {
	o.state.Refunds = append(o.state.Refunds, r)
	o.touch(r.ID)
	o.refunded()
}

// refunded tells each part of the payment how much of it was given back.
func (o *Order) refunded() {
	o.state.Payment.refunded(o.givenBack(func(Refund) bool { return true }))
	o.state.Payment.Changed = o.givenBack(func(r Refund) bool { return r.Changed })
	for i := range o.state.Supplements {
		s := &o.state.Supplements[i]
		s.refunded(o.givenBack(func(r Refund) bool { return r.Supplement == s.Supplement }))
	}
}

// touch marks a refund as one that is to be stored.
func (o *Order) touch(id uuid.UUID) {
	if o.touched == nil {
		o.touched = map[uuid.UUID]bool{}
	}
	o.touched[id] = true
}

// givenBack is the sum of those refunds that succeeded.
func (o *Order) givenBack(those func(Refund) bool) (sum int64) {
	for _, r := range o.state.Refunds {
		if r.Status == payment.RefundSucceeded && those(r) {
			sum += r.Amount
		}
	}
	return sum
}

// refunded records how much of a captured payment has been given back.
func (p *Payment) refunded(sum int64) {
	switch p.Status {
	case payment.Captured, payment.PartiallyRefunded, payment.Refunded:
	default:
		return
	}
	p.Refunded = min(sum, p.Amount)
	switch {
	case p.Refunded == 0:
		p.Status = payment.Captured
	case p.Refunded < p.Amount:
		p.Status = payment.PartiallyRefunded
	default:
		p.Status = payment.Refunded
	}
}

// askForRefunds has the gateway asked for refunds, and what became of them.
func (p *Payment) askForRefunds(at time.Time) {
	switch p.Status {
	case payment.Captured, payment.PartiallyRefunded, payment.Refunded:
	default:
		return
	}
	if p.RefundsDueAt == nil {
		due := at.Add(settlingLease)
		p.RefundsDueAt, p.RefundsDueTries = &due, 0
	}
}

// needsOf adds up what the portions took of each ingredient.
func (o *Order) needsOf(lines []RefundLine) map[uuid.UUID]int64 {
	needs := map[uuid.UUID]int64{}
	for _, wanted := range lines {
		for _, l := range o.state.Lines {
			if l.ID != wanted.ItemID {
				continue
			}
			for _, i := range l.Ingredients {
				needs[i.ID] += (2*i.Quantity + i.HalfUnits) * int64(wanted.Quantity)
			}
		}
	}
	for id, halfUnits := range needs {
		needs[id] = halfUnits / 2 // what was rounded up is gone
	}
	return needs
}
