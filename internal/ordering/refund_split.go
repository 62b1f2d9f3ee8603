package ordering

import (
	"cmp"
	"slices"
	"strconv"

	"pizzeria/internal/location"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/money"
	"pizzeria/internal/platform/patch"
)

// split decides what a refund is of: the lines named, the tip, the fee, and then the amount, which is taken off what is left of
// the food, of the fee, and of the tip, in this order. It fails with BAD_USER_INPUT if so much isn't left.
//
// What a line's portions cost the customer is their share of the line's price with its tax, rounded to what can be paid in the
// currency, on the sum of all refunds, so that refunds of all lines give back exactly what the food cost.
func (o *Order) split(cmd RefundOrder) (Refund, error) {
	left := o.refundable()
	written := func(amount int64) string { return money.Format(amount, o.state.Currency) }
	payable := func(amount int64) error { return location.Payable(amount, o.state.Currency, "amount") }
	if err := cmp.Or(patch.Check(cmd.Amount, payable), location.Payable(cmd.Tip, o.state.Currency, "tip")); err != nil {
		return Refund{}, err
	}
	var r Refund
	for i, wanted := range cmd.Lines {
		at := left.find(wanted)
		if at == nil {
			return Refund{}, fault.New(fault.BadUserInput, "The order has no such item.").At("lines", strconv.Itoa(i), "itemId")
		}
		if wanted.Quantity > at.quantity {
			return Refund{}, fault.New(fault.BadUserInput, "%d portions of this are left to give back.", at.quantity).
				At("lines", strconv.Itoa(i), "quantity")
		}
		r.Lines = append(r.Lines, at.take(wanted.Quantity))
	}
	r.Parts.Goods = left.goodsOf(r.Lines)
	if cmd.Tip > left.Tip {
		return Refund{}, fault.New(fault.BadUserInput, "%s of the tip are left to give back.", written(left.Tip)).At("tip")
	}
	r.Parts.Tip = cmd.Tip
	if cmd.DeliveryFee {
		if left.DeliveryFee == 0 {
			return Refund{}, fault.New(fault.BadUserInput, "Nothing of the delivery fee is left to give back.").At("deliveryFee")
		}
		r.Parts.DeliveryFee = left.DeliveryFee
	}
	if rest := left.Sum() - r.Parts.Sum(); cmd.Amount != nil && *cmd.Amount > rest {
		return Refund{}, fault.New(fault.BadUserInput, "%s are left to give back.", written(rest)).At("amount")
	}
	if cmd.Amount != nil {
		left.takeAmount(*cmd.Amount, &r)
	}
	if r.Parts.Sum() == 0 {
		return Refund{}, fault.New(fault.BadUserInput, "Say what to give back.").At("amount")
	}
	return r, nil
}

// refundable is what is left of an order to give back: what was neither given back nor asked for.
type refundable struct {
	Parts
	gross    int64 // what all of the food cost the customer
	subtotal int64 // and its price less the discount, without what is added to it
	taken    int64 // of the subtotal, by earlier refunds
	step     int64 // what amounts are multiples of
	lines    []refundableLine
}

type refundableLine struct {
	Line
	number   int
	quantity int
	value    int64
	gross    int64 // what all of it cost the customer
	step     int64
}

func (o *Order) refundable() *refundable {
	t := o.state.Totals
	left := &refundable{gross: t.Total - t.DeliveryFee - t.Tip, subtotal: t.Subtotal - t.Discount, step: money.Step(o.state.Currency)}
	left.Parts = Parts{Goods: left.gross, DeliveryFee: t.DeliveryFee, Tip: t.Tip}
	for i, l := range o.taxedLines() {
		gross := l.Net()
		if !t.TaxIncluded {
			gross += l.Tax
		}
		left.lines = append(left.lines, refundableLine{Line: l, number: i + 1, quantity: l.Quantity, value: l.Net(), gross: gross, step: left.step})
	}
	for _, r := range o.state.Refunds {
		if r.Status == payment.RefundFailed || r.Changed {
			continue
		}
		left.Goods -= r.Parts.Goods
		left.DeliveryFee -= r.Parts.DeliveryFee
		left.Tip -= r.Parts.Tip
		for _, share := range r.Lines {
			l := &left.lines[share.Line-1]
			l.quantity -= share.Quantity
			l.value -= share.Value
			left.taken += share.Value
		}
	}
	return left
}

// taxedLines returns the lines with their parts of the tax: of an order of an earlier version, in the measure of their prices.
func (o *Order) taxedLines() []Line {
	lines, untold := slices.Clone(o.state.Lines), o.state.Totals.Tax
	prices, step := make([]int64, len(lines)), money.Step(o.state.Currency)
	for i, l := range lines {
		prices[i] = l.Total()
		untold -= l.Tax
	}
	if untold != 0 {
		for i, part := range money.Apportion(o.state.Totals.Tax/step, prices) {
			lines[i].Tax = part * step
		}
	}
	return lines
}

// find returns what is left of the line named; nil if there is none.
func (r *refundable) find(wanted RefundLine) *refundableLine {
	for i := range r.lines {
		if r.lines[i].ID == wanted.ItemID {
			return &r.lines[i]
		}
	}
	return nil
}

// take takes portions off a line: their part of what it cost less the discount. If some of that was given back already, apart from
// portions, they cost less.
func (l *refundableLine) take(quantity int) RefundShare {
	upTo := func(portions int) int64 {
		return money.Rounded(l.Net()/l.step, int64(portions), int64(l.Quantity)) * l.step
	}
	gone := l.Quantity - l.quantity
	value := min(upTo(gone+quantity)-upTo(gone), l.value)
	l.quantity -= quantity
	l.value -= value
	return RefundShare{Line: l.number, Quantity: quantity, Value: value}
}

// goodsOf is what the shares cost the customer, with the tax. The sum of all refunds is rounded, not each.
func (r *refundable) goodsOf(shares []RefundShare) int64 {
	var value int64
	for _, s := range shares {
		value += s.Value
	}
	if value == 0 {
		return 0
	}
	r.taken += value
	if r.taken == r.subtotal {
		return r.Goods
	}
	var cost int64 // of all that is taken now
	for _, l := range r.lines {
		cost += money.Rounded(l.gross/r.step, l.Net()-l.value, l.Net()) * r.step
	}
	given := r.gross - r.Goods
	return min(max(cost-given, 0), r.Goods)
}

// takeAmount adds an amount to a refund. The part of it that is the food's is spread over the lines by what is left of them.
func (r *refundable) takeAmount(amount int64, to *Refund) {
	left := r.Goods - to.Parts.Goods
	goods := min(amount, left)
	fee := min(amount-goods, r.DeliveryFee-to.Parts.DeliveryFee)
	tip := min(amount-goods-fee, r.Tip-to.Parts.Tip)
	to.Parts.Goods += goods
	to.Parts.DeliveryFee += fee
	to.Parts.Tip += tip
	if goods == 0 {
		return
	}
	if goods == left {
		for _, l := range r.lines {
			if l.value > 0 {
				to.take(RefundShare{Line: l.number, Value: l.value})
			}
		}
		return
	}
	r.spread(goods, left, to)
}

// spread takes that part of what is left of the lines' prices off them, each by its part, in what can be paid.
func (r *refundable) spread(part, of int64, to *Refund) {
	values := make([]int64, len(r.lines))
	for i, l := range r.lines {
		values[i] = l.value / r.step
	}
	for i, share := range money.Apportion(money.Rounded((r.subtotal-r.taken)/r.step, part, of), values) {
		if share > 0 {
			to.take(RefundShare{Line: r.lines[i].number, Value: share * r.step})
		}
	}
}

// take adds a share to those that the refund has of the same line.
func (r *Refund) take(share RefundShare) {
	for i := range r.Lines {
		if r.Lines[i].Line == share.Line {
			r.Lines[i].Quantity += share.Quantity
			r.Lines[i].Value += share.Value
			return
		}
	}
	r.Lines = append(r.Lines, share)
}
