package menu

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// ItemOptionGroup is a group that an item has, and what is otherwise there; nil: as in the group.
type ItemOptionGroup struct {
	OptionGroupID    uuid.UUID
	Min              *int
	Max              *int
	FreeUpTo         *int
	OptionIDs        *[]uuid.UUID // the group's options that the item offers
	DefaultOptionIDs *[]uuid.UUID // of them, those that come with it
}

// HalfPrice is what a pizza of two dishes costs before the options; the contract's enum.
type HalfPrice string

// The prices of a pizza of two dishes.
const (
	Higher  HalfPrice = "HIGHER"
	Average HalfPrice = "AVERAGE"
)

// HalvesPolicy tells that an item's halves may differ: in options, or in that the second is another item.
type HalvesPolicy struct {
	BasePrice      HalfPrice `json:"basePrice"`
	ToppingPercent int       `json:"toppingPercent"` // of an option's price, for one half
	SplitCharge    int64     `json:"splitCharge"`    // of a pizza of two items, in minor units
	Sizes          []Size    `json:"sizes"`          // in which it may be
}

const maxGroups = 30

func validGroups(groups []ItemOptionGroup) error {
	if len(groups) > maxGroups {
		return fault.New(fault.BadUserInput, "An item has up to %d option groups.", maxGroups).At("optionGroups")
	}
	for i, g := range groups {
		at := func(field string) []string { return []string{"optionGroups", strconv.Itoa(i), field} }
		if slices.ContainsFunc(groups[:i], func(other ItemOptionGroup) bool { return other.OptionGroupID == g.OptionGroupID }) {
			return fault.New(fault.BadUserInput, "Name each group once.").At(at("optionGroupId")...)
		}
		for field, count := range map[string]*int{"min": g.Min, "max": g.Max, "freeUpTo": g.FreeUpTo} {
			if err := patch.Check(count, func(n int) error { return validCount(n, at(field)...) }); err != nil {
				return err
			}
		}
		for field, ids := range map[string]*[]uuid.UUID{"optionIds": g.OptionIDs, "defaultOptionIds": g.DefaultOptionIDs} {
			if ids != nil && len(*ids) > maxOptions {
				return fault.New(fault.BadUserInput, "A group has up to %d options.", maxOptions).At(at(field)...)
			}
		}
	}
	return nil
}

func validHalves(p *HalvesPolicy) error {
	switch {
	case p == nil:
		return nil
	case p.BasePrice != Higher && p.BasePrice != Average:
		return fault.New(fault.BadUserInput, "There is no such price.").At("halves", "basePrice")
	case p.ToppingPercent < 0 || p.ToppingPercent > 100:
		return fault.New(fault.BadUserInput, "This is 0 to 100 percent.").At("halves", "toppingPercent")
	case p.SplitCharge < 0 || p.SplitCharge > maxPrice:
		return fault.New(fault.BadUserInput, "A charge is 0 to %d in minor units.", maxPrice).At("halves", "splitCharge")
	case len(p.Sizes) == 0 || len(p.Sizes) > 4 || slices.ContainsFunc(p.Sizes, func(s Size) bool { return !s.Valid() }):
		return fault.New(fault.BadUserInput, "Name the sizes in which halves may differ, one at least.").At("halves", "sizes")
	}
	return nil
}

// sorted returns the policy with its sizes in order, each once.
func (p *HalvesPolicy) sorted() *HalvesPolicy {
	if p == nil {
		return nil
	}
	own := *p
	own.Sizes = slices.Clone(p.Sizes)
	slices.SortFunc(own.Sizes, func(a, b Size) int { return a.order() - b.order() })
	own.Sizes = slices.Compact(own.Sizes)
	return &own
}

// CheckGroups refuses, with BAD_USER_INPUT, a group that there isn't among those given, and what makes no sense with it.
func (s State) CheckGroups(known map[uuid.UUID]OptionGroupState) error {
	for i, own := range s.OptionGroups {
		at := func(field string) []string { return []string{"optionGroups", strconv.Itoa(i), field} }
		group, found := known[own.OptionGroupID]
		if !found || group.ArchivedAt != nil {
			return fault.New(fault.BadUserInput, "There is no such option group.").At(at("optionGroupId")...)
		}
		least, most := group.Min, group.Max
		patch.Set(&least, own.Min)
		if own.Max != nil {
			most = own.Max
		}
		if most != nil && *most < max(least, 1) {
			return fault.New(fault.BadUserInput, "At most so many are %d at least.", max(least, 1)).At(at("max")...)
		}
		offered := make([]uuid.UUID, len(group.Options))
		for n, o := range group.Options {
			offered[n] = *o.ID
		}
		missing := func(ids *[]uuid.UUID, among []uuid.UUID) bool {
			return ids != nil && slices.ContainsFunc(*ids, func(id uuid.UUID) bool { return !slices.Contains(among, id) })
		}
		if missing(own.OptionIDs, offered) {
			return fault.New(fault.BadUserInput, "The group has no such option.").At(at("optionIds")...)
		}
		patch.Set(&offered, own.OptionIDs)
		if missing(own.DefaultOptionIDs, offered) {
			return fault.New(fault.BadUserInput, "What comes with the item is one of the options that it offers.").At(at("defaultOptionIds")...)
		}
		if own.DefaultOptionIDs != nil && most != nil && len(*own.DefaultOptionIDs) > *most {
			return fault.New(fault.BadUserInput, "More options come with the item than may be chosen.").At(at("defaultOptionIds")...)
		}
	}
	return nil
}

// SameGroups tells whether the two states have the same option groups, in the same order and on the same terms.
func (s State) SameGroups(other State) bool {
	return slices.EqualFunc(s.OptionGroups, other.OptionGroups, func(a, b ItemOptionGroup) bool {
		return a.OptionGroupID == b.OptionGroupID && patch.Same(a.Min, b.Min) && patch.Same(a.Max, b.Max) && patch.Same(a.FreeUpTo, b.FreeUpTo) &&
			sameIDs(a.OptionIDs, b.OptionIDs) && sameIDs(a.DefaultOptionIDs, b.DefaultOptionIDs)
	})
}

func sameIDs(a, b *[]uuid.UUID) bool {
	return (a == nil) == (b == nil) && (a == nil || slices.Equal(*a, *b))
}

func sameHalves(a, b *HalvesPolicy) bool {
	return (a == nil) == (b == nil) && (a == nil ||
		a.BasePrice == b.BasePrice && a.ToppingPercent == b.ToppingPercent && a.SplitCharge == b.SplitCharge && slices.Equal(a.Sizes, b.Sizes))
}
