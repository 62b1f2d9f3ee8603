package pricing

import (
	"cmp"
	"slices"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
)

// Taxable is what is taxed of one line: its price less its part of the discount.
type Taxable struct {
	Category location.TaxCategory
	Amount   int64
}

// Taxed returns each line's part of the tax, and the tax by category. Tax is on the food alone, neither on its delivery nor
// on the tip, and is rounded half up once for each rate, on the whole, so that it doesn't depend on how the order is split
// into lines. What is added to the prices is rounded to what can be paid in the currency.
func Taxed(lines []Taxable, charges location.Charges, how location.Fulfillment) (parts []int64, taxes []TaxLine) {
	parts = make([]int64, len(lines))
	rates := make([]int64, len(lines))
	for i, l := range lines {
		rates[i] = charges.Rate(l.Category, how)
	}
	for i, rate := range rates {
		if slices.Contains(rates[:i], rate) {
			continue
		}
		of := make([]int64, len(lines))
		var taxable int64
		for k, l := range lines {
			if rates[k] == rate {
				of[k] = l.Amount
				taxable += l.Amount
			}
		}
		tax, step := taxOn(taxable, rate, charges)
		for k, part := range money.Apportion(tax/step, of) {
			parts[k] += part * step
		}
	}
	for i, l := range lines {
		taxes = addTax(taxes, TaxLine{Category: l.Category, RateBasisPoints: int(rates[i]), Tax: parts[i], Net: l.Amount}, charges.PricesIncludeTax)
	}
	slices.SortFunc(taxes, func(a, b TaxLine) int { return cmp.Compare(a.Category, b.Category) })
	return parts, taxes
}

// taxOn is the tax on all that has one rate, and what it is a multiple of.
func taxOn(taxable, rate int64, charges location.Charges) (tax, step int64) {
	if charges.PricesIncludeTax {
		return money.Rounded(taxable, rate, whole+rate), 1
	}
	step = money.Step(charges.Currency)
	return money.Rounded(taxable, rate, whole*step) * step, step
}

// addTax adds what is taxed of a line, which is Net of it so far, to the tax of its category.
func addTax(taxes []TaxLine, l TaxLine, included bool) []TaxLine {
	if included {
		l.Net -= l.Tax
	}
	i := slices.IndexFunc(taxes, func(t TaxLine) bool { return t.Category == l.Category })
	if i < 0 {
		i, taxes = len(taxes), append(taxes, TaxLine{Category: l.Category, RateBasisPoints: l.RateBasisPoints})
	}
	taxes[i].Net += l.Net
	taxes[i].Tax += l.Tax
	taxes[i].Gross += l.Net + l.Tax
	return taxes
}
