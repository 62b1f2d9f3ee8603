package pricing

import (
	"slices"

	"pizzeria/internal/location"
)

// explain returns the reasons of a total: they add up to it.
func (b Basket) explain(lines []configured, p Priced, chosen []offer) []PriceLine {
	var all []PriceLine
	add := func(l PriceLine, bases ...Basis) {
		l.Bases, l.Basis = append([]Basis{}, bases...), b.inEnglish(bases)
		all = append(all, l)
	}
	for i, l := range lines {
		l.explain(i, add)
	}
	for _, o := range chosen {
		if o.lines != nil {
			add(PriceLine{Kind: DiscountPrice, Label: o.Name, Amount: -o.amount, Item: onlyLine(o.lines)}, o.basis(lines)...)
		}
	}
	if b.Fulfillment == location.Delivery {
		var instead []Basis
		if i := slices.IndexFunc(chosen, func(o offer) bool { return o.lines == nil }); i >= 0 {
			instead = []Basis{{Code: InsteadOf, Name: chosen[i].Name, Amount: b.deliveryFee()}}
		}
		add(PriceLine{Kind: DeliveryPrice, Label: "Delivery", Amount: p.Totals.DeliveryFee}, instead...)
	}
	if !p.Totals.TaxIncluded {
		explainTaxes(p.Taxes, add)
	}
	if p.Totals.Tip != 0 {
		add(PriceLine{Kind: TipPrice, Label: "Tip", Amount: p.Totals.Tip})
	}
	return all
}

// explain tells what a line costs: the dish, what the other half changes, and each option that costs something, or would
// if it weren't free.
func (c configured) explain(i int, add func(PriceLine, ...Basis)) {
	line := func(kind PriceLineKind, label string, each int64, bases ...Basis) {
		if c.Quantity > 1 {
			bases = append([]Basis{{Code: Times, Count: c.Quantity, Amount: each}}, bases...)
		}
		add(PriceLine{Kind: kind, Label: label, Amount: each * int64(c.Quantity), Item: &i}, bases...)
	}
	line(ItemPrice, c.Name, c.Price)
	if c.halved() {
		basis := Basis{Code: DearerHalf}
		if c.base != max(c.Price, c.Second.Price) {
			basis = Basis{Code: AverageOfHalves, Amount: c.Price, OtherAmount: c.Second.Price}
		}
		line(HalvesPrice, c.Second.Name, c.base-c.Price, basis)
	}
	if c.split != 0 {
		line(HalvesPrice, "Two halves", c.split)
	}
	for _, o := range c.options {
		if o.price != 0 || o.free[0] || o.free[1] {
			line(OptionPrice, o.Name, o.price, o.bases()...)
		}
	}
}

// bases tell how much of an option is where, and whether it is among those that are free.
func (p pricedOption) bases() (all []Basis) {
	switch p.Amount {
	case Light:
		all = append(all, Basis{Code: LightAmount})
	case Extra:
		all = append(all, Basis{Code: ExtraAmount})
	case None, Regular:
	}
	switch {
	case p.on[1] == nil:
		all = append(all, Basis{Code: OnFirstHalf})
	case p.on[0] == nil:
		all = append(all, Basis{Code: OnSecondHalf})
	}
	if free := p.Group.FreeUpTo; free > 0 && !p.Included {
		code := BeyondFree
		if (p.free[0] || p.on[0] == nil) && (p.free[1] || p.on[1] == nil) {
			code = AmongFree
		}
		all = append(all, Basis{Code: code, Count: free, Name: p.Group.Name})
	}
	return all
}

// explainTaxes tells the tax of each rate: it is rounded once for each.
func explainTaxes(taxes []TaxLine, add func(PriceLine, ...Basis)) {
	var rates []int
	for _, t := range taxes {
		if t.RateBasisPoints > 0 && !slices.Contains(rates, t.RateBasisPoints) {
			rates = append(rates, t.RateBasisPoints)
		}
	}
	for _, rate := range rates {
		var net, tax int64
		for _, t := range taxes {
			if t.RateBasisPoints == rate {
				net += t.Net
				tax += t.Tax
			}
		}
		add(PriceLine{Kind: TaxPrice, Label: "Tax", Amount: tax}, Basis{Code: PercentOf, BasisPoints: rate, Amount: net})
	}
}

// basis tells how what a promotion takes off the food comes about.
func (o offer) basis(lines []configured) []Basis {
	switch o.Reward.Kind {
	case Percent:
		var of int64
		for _, i := range o.Scope.lines(lines) {
			of += lines[i].total()
		}
		return []Basis{{Code: PercentOf, BasisPoints: o.Reward.BasisPoints, Amount: of}}
	case Fixed:
		return []Basis{{Code: UpTo, Amount: o.Reward.Amount}}
	case FreeCheapest:
		return []Basis{{Code: CheapestFree, Count: o.Reward.Portions}}
	case FixedPriceBundle:
		return []Basis{{Code: TogetherFor, Amount: o.Reward.Amount}}
	case FreeDelivery:
	}
	return nil
}

// onlyLine returns the line that an amount is taken off, if it is one alone.
func onlyLine(lines []int64) *int {
	var only *int
	for i, part := range lines {
		if part != 0 && only != nil {
			return nil
		}
		if part != 0 {
			only = &i
		}
	}
	return only
}
