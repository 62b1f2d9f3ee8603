package pricing

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// offer is what a promotion would take off a basket: off its lines or, where these are nil, off the delivery.
type offer struct {
	Promotion
	amount int64
	lines  []int64
}

// promote chooses the promotions that make the basket cheapest, one of the food and one of the delivery, and tells what
// became of the codes.
func (b Basket) promote(lines []configured) (chosen []offer, coupons []CouponResult) {
	refusals := map[string]string{}
	var food, delivery []offer
	for _, p := range b.Promotions {
		if p.Code != "" && !slices.Contains(b.Codes, p.Code) {
			continue
		}
		o, refusal := b.offer(p, lines)
		switch {
		case refusal != "":
			refusals[p.Code] = refusal
		case o.lines == nil:
			delivery = append(delivery, o)
		default:
			food = append(food, o)
		}
	}
	chosen = append(b.cheapest(lines, food), b.cheapest(lines, delivery)...)
	for _, code := range b.Codes {
		coupons = append(coupons, outcome(code, chosen, append(food, delivery...), refusals))
	}
	return chosen, coupons
}

// cheapest returns the offer with which the basket costs least, if there is one.
func (b Basket) cheapest(lines []configured, offers []offer) []offer {
	if len(offers) == 0 {
		return nil
	}
	totals := make([]int64, len(offers))
	order := make([]int, len(offers))
	for i, o := range offers {
		order[i], totals[i] = i, b.charge(lines, []offer{o}).Totals.Total
	}
	best := slices.MinFunc(order, func(i, k int) int {
		return cmp.Or(
			cmp.Compare(totals[i], totals[k]), cmp.Compare(offers[k].Priority, offers[i].Priority), bytes.Compare(offers[i].ID[:], offers[k].ID[:]),
		)
	})
	return offers[best : best+1 : best+1]
}

// outcome tells what became of a code: applied, met by what is left out for a better one, refused, or not known.
func outcome(code string, chosen, offers []offer, refusals map[string]string) CouponResult {
	of := func(o offer) bool { return o.Code == code }
	result := CouponResult{Code: code}
	if i := slices.IndexFunc(chosen, of); i >= 0 {
		result.Applied, result.Amount = true, chosen[i].amount
		return result
	}
	refusal, known := refusals[code]
	if i := slices.IndexFunc(offers, of); i >= 0 {
		known, result.Outdone = true, true
		for _, o := range chosen {
			if (o.lines == nil) == (offers[i].lines == nil) {
				refusal = fmt.Sprintf("One promotion is taken, and %s makes the order at least as cheap.", o.Name)
			}
		}
	}
	if !known {
		refusal = "There is no such code."
	}
	result.Refusal = &refusal
	return result
}
