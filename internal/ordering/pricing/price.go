package pricing

import (
	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
)

// Price tells what a basket costs. It doesn't ask whether it can be ordered as it is.
func Price(b Basket) Priced {
	step := money.Step(b.Charges.Currency)
	lines := make([]configured, len(b.Lines))
	for i, l := range b.Lines {
		lines[i] = configure(l, step)
	}
	chosen, coupons, withinReach := b.promote(lines)
	p := b.charge(lines, chosen)
	p.Coupons, p.WithinReach = coupons, withinReach
	p.PriceLines = b.explain(lines, p, chosen)
	return p
}

// charge adds a basket up, with the promotions chosen.
func (b Basket) charge(lines []configured, chosen []offer) Priced {
	p := Priced{Lines: make([]PricedLine, len(lines))}
	p.Totals = Totals{Tip: b.Tip, TaxIncluded: b.Charges.PricesIncludeTax, DeliveryFee: b.deliveryFee()}
	for _, o := range chosen {
		p.Applied = append(p.Applied, AppliedPromotion{Promotion: o.Promotion, Amount: o.amount, Lines: o.lines})
		if o.lines == nil {
			p.Totals.DeliveryFee -= o.amount
		}
		for i, part := range o.lines {
			p.Lines[i].Discount += part
			p.Totals.Discount += part
		}
	}
	taxable := make([]Taxable, len(lines))
	for i, l := range lines {
		p.Lines[i].UnitPrice = l.unit
		p.Totals.Subtotal += l.total()
		taxable[i] = Taxable{Category: l.TaxCategory, Amount: l.total() - p.Lines[i].Discount}
	}
	parts, taxes := Taxed(taxable, b.Charges, b.Fulfillment)
	p.Taxes = taxes
	for i, tax := range parts {
		p.Lines[i].Tax = tax
		p.Totals.Tax += tax
	}
	t := &p.Totals
	t.Total = t.Subtotal - t.Discount + t.DeliveryFee + t.Tip
	if !t.TaxIncluded {
		t.Total += t.Tax
	}
	return p
}

// deliveryFee is what bringing the food costs, before promotions.
func (b Basket) deliveryFee() int64 {
	if b.Fulfillment == location.Delivery {
		return b.Charges.DeliveryFee
	}
	return 0
}
