package ordering

import (
	"slices"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
)

// Totals are amounts in minor units. Total = Subtotal - Discount + DeliveryFee + Tip, and Tax if it isn't in the prices.
type Totals struct {
	Subtotal    int64
	Discount    int64
	DeliveryFee int64
	Tax         int64
	Tip         int64
	Total       int64
	// TaxIncluded tells that the prices contain the tax: it is not added to them.
	TaxIncluded bool
}

// wholeInBasisPoints is 100 percent.
const wholeInBasisPoints = 10_000

// total adds up an order whose lines are taxed, as its location charges.
func total(lines []Line, how Fulfillment, tip int64, charges location.Charges) Totals {
	t := Totals{Tip: tip, TaxIncluded: charges.PricesIncludeTax}
	for _, l := range lines {
		t.Subtotal += l.Total()
		t.Tax += l.Tax
	}
	if how == Delivery {
		t.DeliveryFee = charges.DeliveryFee
	}
	t.Total = t.Subtotal - t.Discount + t.DeliveryFee + t.Tip
	if !t.TaxIncluded {
		t.Total += t.Tax
	}
	return t
}

// taxed returns the lines, each with its part of the tax. Tax is on the food alone, neither on its delivery nor on the tip, and is
// rounded half up once for each rate, on the whole, so that it doesn't depend on how the order is split into lines. What is added
// to the prices is rounded to what can be paid in the currency.
func taxed(lines []Line, charges location.Charges) []Line {
	lines = slices.Clone(lines)
	byRate := map[int64][]*Line{}
	for i := range lines {
		rate := charges.Rate(lines[i].TaxCategory)
		byRate[rate] = append(byRate[rate], &lines[i])
	}
	for rate, of := range byRate {
		var taxable int64
		for _, l := range of {
			taxable += l.Total()
		}
		if charges.PricesIncludeTax {
			spreadTax(of, rounded(taxable, rate, wholeInBasisPoints+rate), 1)
		} else {
			step := money.Step(charges.Currency)
			spreadTax(of, rounded(taxable, rate, wholeInBasisPoints*step)*step, step)
		}
	}
	return lines
}

// spreadTax gives each line its part of a tax on all of them, in multiples of step.
func spreadTax(lines []*Line, tax, step int64) {
	totals := make([]int64, len(lines))
	for i, l := range lines {
		totals[i] = l.Total()
	}
	for i, part := range apportion(tax/step, totals) {
		lines[i].Tax = part * step
	}
}
