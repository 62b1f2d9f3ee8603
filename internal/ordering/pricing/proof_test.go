package pricing_test

import (
	"bytes"
	"cmp"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/money"
)

// basketsEach is how many baskets are drawn for each check; with -rapid.checks=5000, as in `make soak`, they are 100,000.
const basketsEach = 20

func TestARandomBasketCostsWhatASlowCalculationSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		for range basketsEach {
			b := basket(t)
			priced := pricing.Price(b)
			addsUp(t, b, priced)
			agrees(t, b, priced)
		}
	})
}

// addsUp holds for any basket, whatever its rules are.
func addsUp(t *rapid.T, b pricing.Basket, p pricing.Priced) {
	var reasons, discounts, tax, fee, byCategory, lines int64
	for _, r := range p.PriceLines {
		reasons += r.Amount
		switch r.Kind {
		case pricing.DiscountPrice:
			discounts -= r.Amount
		case pricing.TaxPrice:
			tax += r.Amount
		case pricing.DeliveryPrice:
			fee += r.Amount
		case pricing.ItemPrice, pricing.OptionPrice, pricing.HalvesPrice, pricing.TipPrice:
		}
	}
	totals := p.Totals
	require.Equal(t, totals.Total, reasons, "the reasons add up to the total: %+v", p.PriceLines)
	require.Equal(t, totals.Discount, discounts)
	require.Equal(t, totals.DeliveryFee, fee)
	for _, c := range p.Taxes {
		byCategory += c.Tax
		require.Equal(t, c.Gross, c.Net+c.Tax)
		require.True(t, c.Net >= 0 && c.Tax >= 0, "%+v", c)
	}
	require.Equal(t, totals.Tax, byCategory)
	if !totals.TaxIncluded {
		require.Equal(t, totals.Tax, tax)
	}
	var ofLines pricing.PricedLine
	for i, l := range p.Lines {
		lines += l.UnitPrice * int64(b.Lines[i].Quantity)
		ofLines.Discount += l.Discount
		ofLines.Tax += l.Tax
		require.True(t, l.UnitPrice >= 0 && l.Discount >= 0 && l.Tax >= 0 && l.Discount <= l.UnitPrice*int64(b.Lines[i].Quantity), "%+v", l)
	}
	require.Equal(t, pricing.PricedLine{Discount: totals.Discount, Tax: totals.Tax}, ofLines, "each line has its part")
	require.Equal(t, totals.Subtotal, lines)
	step := money.Step(b.Charges.Currency)
	for _, amount := range []int64{totals.Subtotal, totals.Discount, totals.DeliveryFee, totals.Total} {
		require.Zero(t, amount%step, "can be paid")
		require.GreaterOrEqual(t, amount, int64(0))
	}
	require.Len(t, p.Coupons, len(b.Codes))
	for _, c := range p.Coupons {
		require.Equal(t, c.Applied, c.Refusal == nil, "%+v", c)
		require.Equal(t, c.Applied, c.Reason == nil, "%+v", c)
		require.Equal(t, c.Applied, c.Amount > 0)
	}
}

// agrees compares with the slow calculation: what each portion costs, what the promotions that were chosen take off each
// line, the tax, and that no other choice is cheaper, or as cheap and to be preferred.
func agrees(t *rapid.T, b pricing.Basket, p pricing.Priced) {
	s := slowly(b)
	for i, l := range p.Lines {
		require.Equal(t, exact(s.unit[i]), l.UnitPrice, "line %d: %+v", i, b.Lines[i])
	}
	var food pricing.Promotion
	freeDelivery := false
	for _, applied := range p.Applied {
		promotion := b.Promotions[slices.IndexFunc(b.Promotions, func(x pricing.Promotion) bool { return x.ID == applied.ID })]
		if promotion.Reward.Kind == pricing.FreeDelivery {
			require.True(t, s.meets(promotion))
			require.Equal(t, b.Charges.DeliveryFee, applied.Amount)
			freeDelivery = true
		} else {
			food = promotion
		}
	}
	byLine, met := s.takenOff(food)
	require.True(t, met)
	for i, l := range p.Lines {
		require.Equal(t, exact(byLine[i]), l.Discount, "%+v off line %d", food, i)
	}
	o := s.with(byLine, freeDelivery)
	require.Equal(t, pricing.Totals{
		Subtotal: exact(o.subtotal), Discount: exact(o.discount), DeliveryFee: exact(o.fee), Tax: exact(o.tax), Tip: b.Tip, Total: exact(o.total),
		TaxIncluded: b.Charges.PricesIncludeTax,
	}, p.Totals)
	require.Equal(t, exact(s.cheapest()), p.Totals.Total, "nothing is cheaper")
	for _, other := range b.Promotions {
		off, met := s.takenOff(other)
		if !met || other.ID == food.ID || food.Reward.Kind == "" || exact(plus(off...)) == 0 || s.with(off, freeDelivery).total.Cmp(o.total) != 0 {
			continue
		}
		require.Positive(t, cmp.Or(cmp.Compare(food.Priority, other.Priority), bytes.Compare(other.ID[:], food.ID[:])), "of the same price")
	}
}

func exact(a *big.Rat) int64 {
	if !a.IsInt() {
		panic("no whole number of minor units: " + a.String())
	}
	return a.Num().Int64()
}
