package pricing

import (
	"fmt"
	"slices"
	"strings"

	"pizzeria/internal/location"
)

// explain returns the reasons of a total: they add up to it.
func (b Basket) explain(lines []configured, p Priced, chosen []offer) []PriceLine {
	var all []PriceLine
	for i, l := range lines {
		all = append(all, b.explainLine(i, l)...)
	}
	for _, o := range chosen {
		if o.lines != nil {
			all = append(all, PriceLine{Kind: DiscountPrice, Label: o.Name, Amount: -o.amount, Item: onlyLine(o.lines), Basis: b.rewardInWords(o, lines)})
		}
	}
	if b.Fulfillment == location.Delivery {
		fee := PriceLine{Kind: DeliveryPrice, Label: "Delivery", Amount: p.Totals.DeliveryFee}
		if i := slices.IndexFunc(chosen, func(o offer) bool { return o.lines == nil }); i >= 0 {
			fee.Basis = new(fmt.Sprintf("%s, instead of %s", chosen[i].Name, b.amount(b.deliveryFee())))
		}
		all = append(all, fee)
	}
	if !p.Totals.TaxIncluded {
		all = append(all, b.explainTaxes(p.Taxes)...)
	}
	if p.Totals.Tip != 0 {
		all = append(all, PriceLine{Kind: TipPrice, Label: "Tip", Amount: p.Totals.Tip})
	}
	return all
}

// explainLine tells what a line costs: the dish, what the other half changes, and each option that costs something, or would
// if it weren't free.
func (b Basket) explainLine(i int, l configured) []PriceLine {
	times := ""
	if l.Quantity > 1 {
		times = fmt.Sprintf("%d × ", l.Quantity)
	}
	line := func(kind PriceLineKind, label string, each int64, basis ...string) PriceLine {
		if times != "" {
			basis = append([]string{times + b.amount(each)}, basis...)
		}
		return PriceLine{Kind: kind, Label: label, Amount: each * int64(l.Quantity), Item: &i, Basis: words(basis)}
	}
	all := []PriceLine{line(ItemPrice, l.Name, l.Price)}
	if l.halved() {
		basis := "dearer half"
		if l.base != max(l.Price, l.Second.Price) {
			basis = fmt.Sprintf("average of %s and %s", b.amount(l.Price), b.amount(l.Second.Price))
		}
		all = append(all, line(HalvesPrice, l.Second.Name, l.base-l.Price, basis))
	}
	if l.split != 0 {
		all = append(all, line(HalvesPrice, "Two halves", l.split))
	}
	for _, o := range l.options {
		if o.price != 0 || o.free[0] || o.free[1] {
			all = append(all, line(OptionPrice, o.Name, o.price, o.inWords()...))
		}
	}
	return all
}

// inWords tells how much of an option is where, and whether it is among those that are free.
func (p pricedOption) inWords() (basis []string) {
	if p.Amount == Light || p.Amount == Extra {
		basis = append(basis, strings.ToLower(string(p.Amount)))
	}
	switch {
	case p.on[1] == nil:
		basis = append(basis, "on the first half")
	case p.on[0] == nil:
		basis = append(basis, "on the second half")
	}
	if free := p.Group.FreeUpTo; free > 0 && !p.Included {
		among := "more than"
		if (p.free[0] || p.on[0] == nil) && (p.free[1] || p.on[1] == nil) {
			among = "among"
		}
		basis = append(basis, fmt.Sprintf("%s %d free of %s", among, free, p.Group.Name))
	}
	return basis
}

// explainTaxes tells the tax of each rate: it is rounded once for each.
func (b Basket) explainTaxes(taxes []TaxLine) (all []PriceLine) {
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
		all = append(all, PriceLine{Kind: TaxPrice, Label: "Tax", Amount: tax, Basis: new(fmt.Sprintf("%s of %s", percent(rate), b.amount(net)))})
	}
	return all
}

// rewardInWords tells how what a promotion takes off comes about.
func (b Basket) rewardInWords(o offer, lines []configured) *string {
	var basis string
	switch o.Reward.Kind {
	case Percent:
		var of int64
		for _, i := range o.Scope.lines(lines) {
			of += lines[i].total()
		}
		basis = fmt.Sprintf("%s of %s", percent(o.Reward.BasisPoints), b.amount(of))
	case Fixed:
		basis = fmt.Sprintf("up to %s", b.amount(o.Reward.Amount))
	case FreeCheapest:
		basis = fmt.Sprintf("the cheapest of each %d is free", o.Reward.Portions)
	case FixedPriceBundle:
		basis = fmt.Sprintf("together for %s", b.amount(o.Reward.Amount))
	case FreeDelivery:
	}
	return &basis
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

func words(basis []string) *string {
	if len(basis) == 0 {
		return nil
	}
	return new(strings.Join(basis, ", "))
}
