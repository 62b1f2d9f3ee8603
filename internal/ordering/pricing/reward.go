package pricing

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/money"
)

// offer returns what a promotion takes off a basket, or the first condition that isn't met and what would meet it.
func (b Basket) offer(p Promotion, lines []configured) (offer, *Refusal) {
	if refusal := b.unmet(p, lines); refusal != nil {
		return offer{}, refusal
	}
	step := money.Step(b.Charges.Currency)
	o := offer{Promotion: p, lines: make([]int64, len(lines))}
	in := p.Scope.lines(lines)
	switch p.Reward.Kind {
	case Percent, Fixed:
		of := make([]int64, len(lines))
		var all int64
		for _, i := range in {
			of[i] = lines[i].total()
			all += of[i]
		}
		off := min(p.Reward.Amount, all)
		if p.Reward.Kind == Percent {
			off = min(halfUp(all*int64(p.Reward.BasisPoints), whole, step), all)
		}
		o.spread(off, of, step)
	case FreeCheapest:
		o.freeCheapest(lines, in)
	case FixedPriceBundle:
		o.bundle(lines, step)
	case FreeDelivery:
		o.lines, o.amount = nil, b.deliveryFee()
	}
	if o.amount == 0 {
		return offer{}, nothingToTakeOff(p, portions(lines, in))
	}
	return o, nil
}

// spread takes an amount off the lines, in the measure of what is given of each.
func (o *offer) spread(amount int64, of []int64, step int64) {
	for i, part := range money.Apportion(amount/step, of) {
		o.lines[i] += part * step
		o.amount += part * step
	}
}

// freeCheapest makes the cheapest portions free, one of each so many.
func (o *offer) freeCheapest(lines []configured, in []int) {
	free := portions(lines, in) / o.Reward.Portions
	cheapest := slices.Clone(in)
	slices.SortStableFunc(cheapest, func(i, k int) int { return cmp.Compare(lines[i].unit, lines[k].unit) })
	for _, i := range cheapest {
		n := min(free, lines[i].Quantity)
		free -= n
		o.lines[i] = int64(n) * lines[i].unit
		o.amount += o.lines[i]
	}
}

// lines returns which lines of a basket are in the scope.
func (s Scope) lines(lines []configured) (in []int) {
	for i, l := range lines {
		if s.has(l.ID, l.Size) && (!l.halved() || s.has(l.Second.ID, l.Size)) {
			in = append(in, i)
		}
	}
	return in
}

func (s Scope) has(id uuid.UUID, size menu.Size) bool {
	return (len(s.MenuItemIDs) == 0 || slices.Contains(s.MenuItemIDs, id)) && (len(s.Sizes) == 0 || slices.Contains(s.Sizes, size))
}

// portions counts the portions of some lines.
func portions(lines []configured, of []int) (n int) {
	for _, i := range of {
		n += lines[i].Quantity
	}
	return n
}
