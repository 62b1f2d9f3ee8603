package ordering

import (
	"maps"
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

// total adds an order up as its location charges. Tax is on the food alone, neither on its delivery nor on the tip, and is
// rounded half up once for each rate, on the whole, so that it doesn't depend on how the order is split into lines. What is added
// to the prices is rounded to what can be paid in the currency.
func total(lines []Line, how Fulfillment, tip int64, charges location.Charges) Totals {
	t := Totals{Tip: tip, TaxIncluded: charges.PricesIncludeTax}
	taxable := map[int64]int64{} // by rate
	for _, l := range lines {
		t.Subtotal += l.Total()
		taxable[charges.Rate(l.TaxCategory)] += l.Total()
	}
	if how == Delivery {
		t.DeliveryFee = charges.DeliveryFee
	}
	for _, rate := range slices.Sorted(maps.Keys(taxable)) {
		if t.TaxIncluded {
			t.Tax += proportion(taxable[rate], rate, wholeInBasisPoints+rate, 1)
		} else {
			t.Tax += proportion(taxable[rate], rate, wholeInBasisPoints, money.Step(charges.Currency))
		}
	}
	t.Total = t.Subtotal - t.Discount + t.DeliveryFee + t.Tip
	if !t.TaxIncluded {
		t.Total += t.Tax
	}
	return t
}

// proportion returns that part of an amount, rounded half up to a multiple of step.
func proportion(amount, part, of, step int64) int64 {
	return (amount*part*2 + of*step) / (2 * of * step) * step
}
