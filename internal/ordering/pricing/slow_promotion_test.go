package pricing_test

import (
	"math/big"
	"slices"
	"sort"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
)

// portion is one portion of a line, as promotions see it.
type portion struct {
	line       int
	unit, dish *big.Rat
}

func (s *slow) portions(in pricing.Scope) (all []portion) {
	holds := func(d pricing.Dish, l pricing.Line) bool {
		return (in.MenuItemIDs == nil || slices.Contains(in.MenuItemIDs, d.ID)) && (in.Sizes == nil || slices.Contains(in.Sizes, l.Size))
	}
	for i, l := range s.Lines {
		for range l.Quantity {
			if holds(l.Dish, l) && (l.Second == nil || holds(*l.Second, l)) {
				all = append(all, portion{i, s.unit[i], s.dish[i]})
			}
		}
	}
	return all
}

// meets tells whether a promotion's conditions are met.
func (s *slow) meets(p pricing.Promotion) bool {
	if p.Code != "" && !slices.Contains(s.Codes, p.Code) {
		return false
	}
	open := p.Hours == nil
	for _, h := range p.Hours {
		// Every minute of the week at which the hours are open, counted from their days.
		for day := range 7 {
			if h.Weekdays != nil && !slices.Contains(weekdays(h), day) {
				continue
			}
			length := (int(h.Until) - int(h.From) + 1440) % 1440
			begin := day*1440 + int(h.From)
			if length == 0 {
				length, begin = 1440, day*1440
			}
			at := int(s.For.Weekday())*1440 + s.For.Hour()*60 + s.For.Minute()
			open = open || (at-begin+7*1440)%(7*1440) < length
		}
	}
	fits := p.Fulfillments == nil || slices.Contains(p.Fulfillments, s.Fulfillment)
	if p.Reward.Kind == pricing.FreeDelivery {
		fits = fits && s.Fulfillment == location.Delivery
	}
	return open && fits && s.subtotal().Cmp(whole(p.Minimum)) >= 0 &&
		(p.Reward.Kind == pricing.FixedPriceBundle || len(s.portions(p.Scope)) > 0) &&
		(!p.FirstOrder || !s.Customer.HasOrdered) &&
		(p.MaxUses == nil || p.Uses < *p.MaxUses) &&
		(p.MaxUsesByCustomer == nil || s.Customer.Uses[p.ID] < *p.MaxUsesByCustomer) &&
		(p.StartsAt == nil || !p.StartsAt.After(s.Now)) && (p.EndsAt == nil || p.EndsAt.After(s.Now))
}

func weekdays(h pricing.Hours) (days []int) {
	for _, d := range h.Weekdays {
		days = append(days, (slices.Index(location.Weekdays(), d)+1)%7)
	}
	return days
}

// takenOff is what a promotion takes off each line.
func (s *slow) takenOff(p pricing.Promotion) ([]*big.Rat, bool) {
	off := make([]*big.Rat, len(s.Lines))
	for i := range off {
		off[i] = new(big.Rat)
	}
	if p.Reward.Kind == "" {
		return off, true
	}
	if !s.meets(p) {
		return nil, false
	}
	of := s.portions(p.Scope)
	all, byLine := new(big.Rat), map[int]*big.Rat{}
	for _, x := range of {
		all = plus(all, x.unit)
		byLine[x.line] = plus(cmpOr(byLine[x.line]), x.unit)
	}
	switch p.Reward.Kind {
	case pricing.Percent:
		s.spread(off, near(share(all, int64(p.Reward.BasisPoints), 10_000), s.step), byLine)
	case pricing.Fixed:
		amount := whole(p.Reward.Amount)
		if amount.Cmp(all) > 0 {
			amount = all
		}
		s.spread(off, amount, byLine)
	case pricing.FreeCheapest:
		sort.SliceStable(of, func(i, k int) bool { return of[i].unit.Cmp(of[k].unit) < 0 })
		for _, x := range of[:len(of)/p.Reward.Portions] {
			off[x.line] = plus(off[x.line], x.unit)
		}
	case pricing.FixedPriceBundle:
		amount, byLine := s.bundles(p.Reward)
		s.spread(off, amount, byLine)
	case pricing.FreeDelivery:
		return nil, false
	}
	return off, true
}

// spread gives each line its share, rounded down, and what is left to those that lost most.
func (s *slow) spread(off []*big.Rat, amount *big.Rat, byLine map[int]*big.Rat) {
	all := new(big.Rat)
	for _, a := range byLine {
		all = plus(all, a)
	}
	if all.Sign() == 0 {
		return
	}
	type lost struct {
		line int
		by   *big.Rat
	}
	var losses []lost
	left := amount
	for line, a := range byLine {
		exact := new(big.Rat).Quo(times(new(big.Rat).Quo(times(amount, a), all), whole(1)), s.step)
		down := times(new(big.Rat).SetInt(new(big.Int).Div(exact.Num(), exact.Denom())), s.step)
		off[line] = plus(off[line], down)
		left = minus(left, down)
		losses = append(losses, lost{line, minus(times(exact, s.step), down)})
	}
	sort.Slice(losses, func(i, k int) bool {
		if c := losses[i].by.Cmp(losses[k].by); c != 0 {
			return c > 0
		}
		return losses[i].line < losses[k].line
	})
	for i := 0; left.Sign() > 0; i++ {
		off[losses[i].line] = plus(off[losses[i].line], s.step)
		left = minus(left, s.step)
	}
}

// bundles finds the best by trying all ways to put each portion into each slot, or none, for any number of bundles.
func (s *slow) bundles(r pricing.Reward) (best *big.Rat, byLine map[int]*big.Rat) {
	best = new(big.Rat)
	fits := make([][]bool, len(r.Slots)) // by slot and line
	units := 0
	for i, slot := range r.Slots {
		fits[i] = make([]bool, len(s.Lines))
		for _, x := range s.portions(slot.Scope) {
			fits[i][x.line] = true
		}
		units += slot.Portions
	}
	all := s.portions(pricing.Scope{})
	for n := 1; n*units <= len(all); n++ {
		listed, ways := s.fullest(all, fits, r, n)
		if listed == nil {
			break
		}
		if off := minus(listed, whole(int64(n)*r.Amount)); off.Cmp(best) > 0 {
			best, byLine = off, ways
		}
	}
	return best, byLine
}

// fullest fills so many bundles by trying for each portion each slot, and none, and returns the dearest way and its lines. Of
// those that are as dear it is the one with the earlier lines.
func (s *slow) fullest(all []portion, fits [][]bool, r pricing.Reward, bundles int) (*big.Rat, map[int]*big.Rat) {
	all = slices.Clone(all)
	sort.SliceStable(all, func(i, k int) bool { return all[i].dish.Cmp(all[k].dish) > 0 })
	room := 1
	for _, slot := range r.Slots {
		room *= slot.Portions*bundles + 1
	}
	type way struct {
		worth int64 // in 65,536ths, of which the last 16 bits prefer earlier portions
		taken uint32
	}
	ways := map[int]way{room - 1: {}} // by the room that is left, in mixed radix
	for n, x := range all {
		next := map[int]way{}
		keep := func(room int, w way) {
			if known, ok := next[room]; !ok || w.worth > known.worth {
				next[room] = w
			}
		}
		for left, w := range ways {
			keep(left, w)
			radix := 1
			for i, slot := range r.Slots {
				size := slot.Portions*bundles + 1
				if fits[i][x.line] && left/radix%size > 0 {
					keep(left-radix, way{w.worth + x.dish.Num().Int64()<<16 + 1<<(15-n), w.taken | 1<<n})
				}
				radix *= size
			}
		}
		ways = next
	}
	full, ok := ways[0]
	if !ok {
		return nil, nil
	}
	listed, byLine := new(big.Rat), map[int]*big.Rat{}
	for n, x := range all {
		if full.taken&(1<<n) != 0 {
			listed = plus(listed, x.dish)
			byLine[x.line] = plus(cmpOr(byLine[x.line]), x.dish)
		}
	}
	return listed, byLine
}
