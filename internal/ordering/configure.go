package ordering

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
)

// configurator puts what a line asks for on the halves of a portion.
type configurator struct {
	size   menu.Size
	halves [2]half
	two    bool // items share the portion
	path   []string
}

// configure makes of a request what one portion is. It fails with BAD_USER_INPUT, at the path of what is wrong, for an option that
// isn't on the menu, or not in this size or amount, for too many and too few of a group, and for halves that may not differ.
func (r ItemRequest) configure(first menu.Dish, second *menu.Dish, path ...string) (configuration, error) {
	c := configurator{size: r.Size, path: path, two: second != nil && second.ID != first.ID}
	c.halves[0] = newHalf(first, r.Size, false)
	c.halves[1] = newHalf(first, r.Size, false)
	if c.two {
		c.halves[1] = newHalf(*second, r.Size, true)
	}
	for i, o := range r.Options {
		if err := c.choose(o, false, c.at("options", strconv.Itoa(i))); err != nil {
			return configuration{}, err
		}
	}
	if r.SecondHalf != nil {
		for i, o := range r.SecondHalf.Options {
			if err := c.choose(o, true, c.at("secondHalf", "options", strconv.Itoa(i))); err != nil {
				return configuration{}, err
			}
		}
	}
	c.halves[0].settle()
	c.halves[1].settle()
	if err := c.check(); err != nil {
		return configuration{}, err
	}
	return c.result(), nil
}

func (c *configurator) at(more ...string) []string { return slices.Concat(c.path, more) }

// choose puts an option on the halves that it is for. What is asked for of the second half is of that half alone.
func (c *configurator) choose(r OptionRequest, ofSecond bool, path []string) error {
	refuse := func(field string, reason ProblemReason, names []string, format string, args ...any) error {
		return because(reason, names, format, args...).At(slices.Concat(path, []string{field})...)
	}
	portion := r.Portion
	if ofSecond {
		if portion == pricing.First {
			return refuse("portion", OptionNotOnHalf, nil, "What is for the second half can't be on the first.")
		}
		portion = pricing.Second
	}
	for h := range c.halves {
		if h == 0 && portion == pricing.Second || h == 1 && portion == pricing.First {
			continue
		}
		dish := c.halves[h].dish
		group, option, found := dish.Option(r.OptionID)
		if !found && h == 1 && c.two && portion != pricing.Second {
			if group, option, found = c.halves[0].dish.Option(r.OptionID); found && !group.Halves && !dish.HasGroup(group.ID) {
				continue // it is chosen for the whole, and the second item doesn't care
			}
			return refuse("portion", OptionNotOffered, []string{dish.Name}, "This isn't offered with %s: choose it for one half.", dish.Name)
		}
		_, inSize := option.Price(c.size)
		switch {
		case !found:
			return refuse("optionId", OptionNotOffered, []string{dish.Name}, "This isn't offered with %s.", dish.Name)
		case !inSize:
			return refuse("optionId", OptionNotInSize, []string{option.Name}, "%s isn't offered in this size.", option.Name)
		case portion != pricing.Whole && portion != "" && !group.Halves:
			return refuse("portion", OptionNotOnHalf, []string{group.Name}, "%s is chosen for the whole.", group.Name)
		case r.Amount == pricing.Light && group.Light == nil, r.Amount == pricing.Extra && group.Extra == nil:
			return refuse("amount", OptionNotInAmount, []string{option.Name}, "There is no such amount of %s.", option.Name)
		case c.halves[h].choices[option.ID].named:
			return refuse("optionId", OptionTwice, []string{option.Name}, "Choose each option once for a half.")
		}
		amount := r.Amount
		if amount == "" {
			amount = pricing.Regular
		}
		c.halves[h].choices[option.ID] = choice{group, option, amount, true}
	}
	return nil
}

// check refuses too many and too few of a group, and halves that differ but may not.
func (c *configurator) check() error {
	for h, half := range c.halves {
		path := c.at("options")
		if h == 1 && c.two {
			path = c.at("secondHalf", "options")
		}
		for _, g := range half.dish.Groups {
			if h == 1 && c.two && !g.Halves {
				if g.Min > 0 && !c.halves[0].dish.HasGroup(g.ID) {
					return because(DishesCantShare, []string{c.halves[0].dish.Name, half.dish.Name}, "%s and %s can't share a pizza: they differ in %s.", c.halves[0].dish.Name, half.dish.Name, g.Name).
						At(c.at("secondHalf", "menuItemId")...)
				}
				if err := c.sharedWith(g); err != nil {
					return err
				}
				continue
			}
			n := half.chosen(g.ID)
			refuse := func(reason ProblemReason, format string, bound int) error {
				refusal := because(reason, []string{g.Name}, format, bound, g.Name).At(path...)
				refusal.Details.Reason.Count = bound
				return refusal
			}
			switch {
			case n < g.Min && g.Max != nil && *g.Max == g.Min:
				return refuse(TooFewOptions, "Choose %d of %s.", g.Min)
			case n < g.Min:
				return refuse(TooFewOptions, "Choose at least %d of %s.", g.Min)
			case g.Max != nil && n > *g.Max:
				return refuse(TooManyOptions, "Choose at most %d of %s.", *g.Max)
			}
		}
	}
	return c.checkHalves()
}

// sharedWith refuses what is chosen for the whole of a group that the second item has, too, but not with this option.
func (c *configurator) sharedWith(g menu.DishGroup) error {
	for _, chosen := range c.halves[0].choices {
		if chosen.group.ID != g.ID || chosen.amount == pricing.None {
			continue
		}
		if _, _, found := c.halves[1].dish.Option(chosen.option.ID); !found {
			return because(OptionNotOffered, []string{c.halves[1].dish.Name}, "%s isn't offered with %s.", chosen.option.Name, c.halves[1].dish.Name).At(c.at("secondHalf", "menuItemId")...)
		}
	}
	return nil
}

func (c *configurator) checkHalves() error {
	if !c.two && !c.differ() {
		return nil
	}
	for h, half := range c.halves {
		if half.dish.Halves != nil && slices.Contains(half.dish.Halves.Sizes, c.size) {
			continue
		}
		path := c.at("options")
		if h == 1 && c.two {
			path = c.at("secondHalf", "menuItemId")
		}
		return because(HalvesCantDiffer, []string{half.dish.Name}, "The halves of %s can't differ in this size.", half.dish.Name).At(path...)
	}
	return nil
}

// differ tells whether an item has other options on one half than on the other.
func (c *configurator) differ() bool {
	return slices.ContainsFunc(c.order(), func(id uuid.UUID) bool {
		return c.halves[0].choices[id].amount != c.halves[1].choices[id].amount
	})
}

// order lists the options that are on some half, as the items show them, each once.
func (c *configurator) order() []uuid.UUID {
	var ids []uuid.UUID
	for _, half := range c.halves {
		for _, g := range half.dish.Groups {
			for _, o := range g.Options {
				_, onFirst := c.halves[0].choices[o.ID]
				_, onSecond := c.halves[1].choices[o.ID]
				if (onFirst || onSecond) && !slices.Contains(ids, o.ID) {
					ids = append(ids, o.ID)
				}
			}
		}
	}
	return ids
}
