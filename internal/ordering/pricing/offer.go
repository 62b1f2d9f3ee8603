package pricing

import (
	"bytes"
	"cmp"
	"slices"
)

// offer is what a promotion would take off a basket: off its lines or, where these are nil, off the delivery.
type offer struct {
	Promotion
	amount int64
	lines  []int64
}

// promote chooses the promotions that make the basket cheapest, one of the food and one of the delivery, and tells what
// became of the codes, and what more of food would bring.
func (b Basket) promote(lines []configured) (chosen []offer, coupons []CouponResult, withinReach []WithinReach) {
	var refused []WithinReach
	var food, delivery []offer
	for _, p := range b.Promotions {
		if p.Code != "" && !slices.Contains(b.Codes, p.Code) {
			continue
		}
		o, refusal := b.offer(p, lines)
		switch {
		case refusal != nil:
			refused = append(refused, WithinReach{p, *refusal})
		case o.lines == nil:
			delivery = append(delivery, o)
		default:
			food = append(food, o)
		}
	}
	chosen = append(b.cheapest(lines, food), b.cheapest(lines, delivery)...)
	for _, code := range b.Codes {
		coupons = append(coupons, b.outcome(code, chosen, append(food, delivery...), refused))
	}
	return chosen, coupons, b.withinReach(refused, chosen)
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
func (b Basket) outcome(code string, chosen, offers []offer, refused []WithinReach) CouponResult {
	of := func(o offer) bool { return o.Code == code }
	if i := slices.IndexFunc(chosen, of); i >= 0 {
		return CouponResult{Code: code, Applied: true, Amount: chosen[i].amount}
	}
	promotion, reason := Promotion{}, refuse(UnknownCode)
	if i := slices.IndexFunc(refused, func(w WithinReach) bool { return w.Code == code }); i >= 0 {
		promotion, reason = refused[i].Promotion, &refused[i].Lacks
	}
	if i := slices.IndexFunc(offers, of); i >= 0 {
		reason = refuse(Outdone)
		for _, o := range chosen {
			if (o.lines == nil) == (offers[i].lines == nil) {
				reason.Promotion = o.Name
			}
		}
	}
	return CouponResult{Code: code, Refusal: new(b.inWords(promotion, reason)), Reason: reason}
}
