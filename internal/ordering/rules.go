package ordering

import (
	"slices"
	"time"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
)

// Rules are by what an order was priced. A change of it is priced by the same, whatever the location, its menu or its
// promotions have become since.
type Rules struct {
	Charges    location.Charges    // with the fee for where a delivery goes
	Now, For   time.Time           // when it was ordered, and when the food is for, by the location's clocks
	Promotions []pricing.Promotion // those that made it cheaper
}

// rulesOf keeps by what a basket was priced.
func rulesOf(b pricing.Basket, cost pricing.Priced) *Rules {
	r := &Rules{Charges: b.Charges, Now: b.Now, For: b.For, Promotions: []pricing.Promotion{}}
	for _, p := range cost.Applied {
		r.Promotions = append(r.Promotions, p.Promotion)
	}
	return r
}

// reprice returns what the order costs with other lines, the lines with their parts of it, and the promotions that don't apply any
// more. No new ones are looked for: the codes are those that applied.
func (s State) reprice(lines []Line) (after State, dropped []pricing.Promotion) {
	basket := pricing.Basket{
		Fulfillment: s.Fulfillment, Charges: s.Rules.Charges, Tip: s.Totals.Tip, Now: s.Rules.Now, For: s.Rules.For, Promotions: s.Rules.Promotions,
	}
	for _, c := range s.Coupons {
		if c.Applied {
			basket.Codes = append(basket.Codes, c.Code)
		}
	}
	after = s
	lines, cost := priced(lines, basket)
	after.Lines, after.Totals, after.Taxes, after.PriceLines, after.Promotions = lines, cost.Totals, cost.Taxes, cost.PriceLines, cost.Applied
	after.Rules = rulesOf(basket, cost)
	after.Coupons = slices.Clone(s.Coupons)
	for _, result := range cost.Coupons {
		i := slices.IndexFunc(after.Coupons, func(c pricing.CouponResult) bool { return c.Code == result.Code })
		after.Coupons[i] = result
	}
	for _, p := range s.Rules.Promotions {
		if !slices.ContainsFunc(cost.Applied, func(a pricing.AppliedPromotion) bool { return a.ID == p.ID }) {
			dropped = append(dropped, p)
		}
	}
	return after, dropped
}
