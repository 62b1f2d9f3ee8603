package pricing

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/platform/money"
)

// configured is a line with what one portion of it costs.
type configured struct {
	Line
	base    int64 // of the dish, or of the two, without options
	split   int64 // charge for two dishes on one pizza
	options []pricedOption
	unit    int64 // all of it
}

// pricedOption is an option as it stands on the halves of a pizza, and what it costs there.
type pricedOption struct {
	Option
	on    [2]*Option // the same one twice if it is on the whole; nil where it isn't
	free  [2]bool
	price int64
}

// total is what all portions cost.
func (c configured) total() int64 { return c.unit * int64(c.Quantity) }

// halved tells whether two dishes share the pizza.
func (c configured) halved() bool { return c.Second != nil }

// configure prices a line. The same dish on both halves is that dish, and the same option on both is on the whole.
func configure(l Line, step int64) configured {
	c := configured{Line: l, base: l.Price}
	c.options = placed(l)
	if l.Second != nil && l.Second.ID == l.ID {
		c.Second = nil
	}
	first, second := policyOf(&c.Dish), policyOf(cmp.Or(c.Second, &c.Dish))
	if c.halved() {
		c.base, c.split = max(l.Price, c.Second.Price), max(first.SplitCharge, second.SplitCharge)
		if first.BasePrice == Average && second.BasePrice == Average {
			c.base = halfUp(l.Price+c.Second.Price, 2, step)
		}
	}
	freeDearest(c.options)
	c.unit = c.base + c.split
	for i := range c.options {
		c.options[i].price = c.options[i].cost([2]int{first.ToppingPercent, second.ToppingPercent}, step)
		c.unit += c.options[i].price
	}
	return c
}

// policyOf returns a dish's policy, or that nothing is cheaper on a half.
func policyOf(d *Dish) HalvesPolicy {
	return *cmp.Or(d.Halves, &HalvesPolicy{BasePrice: Higher, ToppingPercent: 100})
}

// placed puts the options on the halves.
func placed(l Line) []pricedOption {
	var all []pricedOption
	put := func(o Option, portion Portion) {
		var on [2]*Option
		if portion != Second {
			on[0] = &o
		}
		if portion != First {
			on[1] = &o
		}
		twin := slices.IndexFunc(all, func(p pricedOption) bool { return p.completes(o, on) })
		if twin < 0 {
			o.Portion = portion
			all = append(all, pricedOption{Option: o, on: on})
			return
		}
		all[twin].Portion, all[twin].Price = Whole, max(all[twin].Price, o.Price)
		all[twin].on = [2]*Option{cmp.Or(all[twin].on[0], on[0]), cmp.Or(all[twin].on[1], on[1])}
	}
	for _, o := range l.Options {
		put(o, cmp.Or(o.Portion, Whole))
	}
	if l.Second != nil {
		for _, o := range l.Second.Options {
			put(o, Second)
		}
	}
	return all
}

// completes tells whether the same option is on the other half.
func (p pricedOption) completes(o Option, on [2]*Option) bool {
	return p.ID == o.ID && p.Amount == o.Amount &&
		(p.on[0] == nil) != (on[0] == nil) && (p.on[1] == nil) != (on[1] == nil)
}

// freeDearest makes the dearest options of each group free, on each half as many as the group has there.
func freeDearest(options []pricedOption) {
	for half := range 2 {
		byGroup := map[uuid.UUID][]*pricedOption{}
		free := map[uuid.UUID]int{}
		for i := range options {
			o := &options[i]
			if at := o.on[half]; at != nil && !at.Included && o.factor() > 0 && at.Group.FreeUpTo > 0 {
				byGroup[at.Group.ID] = append(byGroup[at.Group.ID], o)
				free[at.Group.ID] = max(free[at.Group.ID], at.Group.FreeUpTo)
			}
		}
		for group, of := range byGroup {
			slices.SortFunc(of, func(a, b *pricedOption) int {
				return cmp.Or(cmp.Compare(b.Price*min(b.factor(), whole), a.Price*min(a.factor(), whole)), slices.Compare(a.ID[:], b.ID[:]))
			})
			for _, o := range of[:min(free[group], len(of))] {
				o.free[half] = true
			}
		}
	}
}

// whole is 100 percent, in basis points.
const whole int64 = 10_000

// factor is what the amount costs, in basis points of the regular one.
func (o Option) factor() int64 {
	switch o.Amount {
	case None:
		return 0
	case Light:
		return int64(o.Group.LightFactor)
	case Extra:
		return int64(o.Group.ExtraFactor)
	case Regular:
	}
	return whole
}

// cost is what an option costs. What is regular of it is paid where it neither comes with the dish nor is free; what is more
// than that is always paid. It is rounded once.
func (p pricedOption) cost(percent [2]int, step int64) int64 {
	regular, more := min(p.factor(), whole), max(p.factor()-whole, 0)
	var ofRegular, ofMore int // in percent
	for half, on := range p.on {
		if on == nil {
			continue
		}
		ofMore += percent[half]
		if !on.Included && !p.free[half] {
			ofRegular += percent[half]
		}
	}
	if p.on[0] != nil && p.on[1] != nil {
		ofMore = 100
		if p.paidOn(0) && p.paidOn(1) {
			ofRegular = 100
		}
	}
	return halfUp(p.Price*(regular*int64(min(ofRegular, 100))+more*int64(ofMore)), whole*100, step)
}

// paidOn tells whether what is regular of an option is paid on a half on which it is.
func (p pricedOption) paidOn(half int) bool { return !p.on[half].Included && !p.free[half] }

// halfUp is amount / by, rounded half up to a multiple of step.
func halfUp(amount, by, step int64) int64 { return money.Rounded(amount, 1, by*step) * step }
