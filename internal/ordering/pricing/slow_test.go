package pricing_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/money"
)

// slow is the same calculation, in fractions, portion by portion, written to be read beside the rules: it finds the best by
// trying.
type slow struct {
	pricing.Basket
	step *big.Rat
	unit []*big.Rat // of a portion of each line
	dish []*big.Rat // without options and split charge
}

// outcome is what a basket costs with some promotions.
type outcome struct {
	subtotal, discount, fee, tax, total *big.Rat
	byLine                              []*big.Rat // discounts
}

func slowly(b pricing.Basket) *slow {
	s := &slow{Basket: b, step: whole(money.Step(b.Charges.Currency))}
	for _, l := range b.Lines {
		dish, all := s.portion(l)
		s.dish, s.unit = append(s.dish, dish), append(s.unit, all)
	}
	return s
}

func whole(n int64) *big.Rat                 { return new(big.Rat).SetInt64(n) }
func share(a *big.Rat, n, of int64) *big.Rat { return times(a, big.NewRat(n, of)) }
func times(a, b *big.Rat) *big.Rat           { return new(big.Rat).Mul(a, b) }
func minus(a, b *big.Rat) *big.Rat           { return new(big.Rat).Sub(a, b) }
func plus(all ...*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, a := range all {
		sum.Add(sum, a)
	}
	return sum
}

// near rounds to a multiple of a step, halves up.
func near(a, step *big.Rat) *big.Rat {
	steps := plus(new(big.Rat).Quo(a, step), big.NewRat(1, 2))
	floor := new(big.Int).Div(steps.Num(), steps.Denom())
	return times(new(big.Rat).SetInt(floor), step)
}

// portion is what one portion of a line costs: two halves, on each of which lie options.
func (s *slow) portion(l pricing.Line) (dish, all *big.Rat) {
	type topping struct {
		pricing.Option
		free bool
	}
	key := func(o pricing.Option) string { return fmt.Sprint(o.ID, o.Amount) }
	var halves [2]map[string]*topping
	policies := [2]*pricing.HalvesPolicy{l.Halves, l.Halves}
	freeUpTo := [2]map[any]int{{}, {}}
	prices := map[string]int64{}
	lay := func(half int, o pricing.Option) {
		if halves[half] == nil {
			halves[half] = map[string]*topping{}
		}
		halves[half][key(o)] = &topping{Option: o}
		freeUpTo[half][o.Group.ID] = max(freeUpTo[half][o.Group.ID], o.Group.FreeUpTo)
		prices[key(o)] = max(prices[key(o)], o.Price)
	}
	for _, o := range l.Options {
		if o.Portion == pricing.Whole || o.Portion == pricing.First {
			lay(0, o)
		}
		if o.Portion == pricing.Whole || o.Portion == pricing.Second {
			lay(1, o)
		}
	}
	dish, all = whole(l.Price), new(big.Rat)
	if l.Second != nil {
		for _, o := range l.Second.Options {
			lay(1, o)
		}
		if l.Second.ID != l.ID {
			policies[1] = l.Second.Halves
			dish = whole(max(l.Price, l.Second.Price))
			if averages(policies[0]) && averages(policies[1]) {
				dish = near(big.NewRat(l.Price+l.Second.Price, 2), s.step)
			}
			all.Add(all, whole(max(splitOf(policies[0]), splitOf(policies[1]))))
		}
	}
	for half := range halves {
		for group, n := range freeUpTo[half] {
			for range n { // the dearest that isn't free yet
				var best *topping
				for _, t := range halves[half] {
					if t.Group.ID != group || t.free || t.Included || factor(t.Option) == 0 {
						continue
					}
					saved := func(t *topping) int64 { return prices[key(t.Option)] * min(factor(t.Option), 10_000) }
					if best == nil || saved(t) > saved(best) || saved(t) == saved(best) && bytes.Compare(t.ID[:], best.ID[:]) < 0 {
						best = t
					}
				}
				if best != nil {
					best.free = true
				}
			}
		}
	}
	var seen []string
	for half := range halves {
		for k, t := range halves[half] {
			if slices.Contains(seen, k) {
				continue
			}
			seen = append(seen, k)
			price, f := prices[k], factor(t.Option)
			regular, more := big.NewRat(price*min(f, 10_000), 10_000), big.NewRat(price*max(f-10_000, 0), 10_000)
			other, both := halves[1-half][k]
			pays := !t.free && !t.Included
			alone := big.NewRat(int64(toppingPercent(policies[half])), 100)
			switch {
			case !both:
				more = times(more, alone)
				regular = times(regular, alone)
			case pays && (other.free || other.Included):
				regular = times(regular, alone)
			case !pays && !other.free && !other.Included:
				pays, regular = true, times(regular, big.NewRat(int64(toppingPercent(policies[1-half])), 100))
			}
			if !pays {
				regular = new(big.Rat)
			}
			all.Add(all, near(plus(regular, more), s.step))
		}
	}
	return dish, plus(dish, all)
}

func factor(o pricing.Option) int64 {
	return map[pricing.Amount]int64{
		pricing.None: 0, pricing.Light: int64(o.Group.LightFactor), pricing.Regular: 10_000, pricing.Extra: int64(o.Group.ExtraFactor),
	}[o.Amount]
}

func averages(p *pricing.HalvesPolicy) bool { return p != nil && p.BasePrice == pricing.Average }

func splitOf(p *pricing.HalvesPolicy) int64 {
	if p == nil {
		return 0
	}
	return p.SplitCharge
}

func toppingPercent(p *pricing.HalvesPolicy) int {
	if p == nil {
		return 100
	}
	return p.ToppingPercent
}

// cheapest tries every promotion of the food with every one of the delivery, and returns the least that the basket can cost.
func (s *slow) cheapest() *big.Rat {
	foods, deliveries := []pricing.Promotion{{}}, []pricing.Promotion{{}}
	for _, p := range s.Promotions {
		if p.Reward.Kind == pricing.FreeDelivery {
			deliveries = append(deliveries, p)
		} else {
			foods = append(foods, p)
		}
	}
	var least *big.Rat
	for _, food := range foods {
		byLine, ok := s.takenOff(food)
		for _, delivery := range deliveries {
			if !ok {
				continue
			}
			if o := s.with(byLine, delivery.Reward.Kind == pricing.FreeDelivery && s.meets(delivery)); least == nil || o.total.Cmp(least) < 0 {
				least = o.total
			}
		}
	}
	return least
}

// with adds the basket up.
func (s *slow) with(byLine []*big.Rat, freeDelivery bool) outcome {
	o := outcome{byLine: byLine, subtotal: s.subtotal(), discount: plus(byLine...), fee: new(big.Rat), tax: new(big.Rat)}
	if s.Fulfillment == location.Delivery && !freeDelivery {
		o.fee = whole(s.Charges.DeliveryFee)
	}
	byRate := map[int64]*big.Rat{}
	for i, l := range s.Lines {
		rate := s.rate(l.TaxCategory)
		byRate[rate] = plus(minus(share(s.unit[i], int64(l.Quantity), 1), byLine[i]), cmpOr(byRate[rate]))
	}
	for rate, amount := range byRate {
		if s.Charges.PricesIncludeTax {
			o.tax = plus(o.tax, near(share(amount, rate, 10_000+rate), whole(1)))
		} else {
			o.tax = plus(o.tax, near(share(amount, rate, 10_000), s.step))
		}
	}
	o.total = plus(minus(o.subtotal, o.discount), o.fee, whole(s.Tip))
	if !s.Charges.PricesIncludeTax {
		o.total = plus(o.total, o.tax)
	}
	return o
}

// rate is that of the category, of which there is one at most.
func (s *slow) rate(of location.TaxCategory) (rate int64) {
	for _, r := range s.Charges.TaxRates {
		if r.Category == of {
			rate = int64(r.RateBasisPoints)
			if s.Fulfillment == location.Pickup && r.PickupRateBasisPoints != nil {
				rate = int64(*r.PickupRateBasisPoints)
			}
		}
	}
	return rate
}

func cmpOr(a *big.Rat) *big.Rat {
	if a == nil {
		return new(big.Rat)
	}
	return a
}

func (s *slow) subtotal() *big.Rat {
	sum := new(big.Rat)
	for i, l := range s.Lines {
		sum.Add(sum, share(s.unit[i], int64(l.Quantity), 1))
	}
	return sum
}
