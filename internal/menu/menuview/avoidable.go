package menuview

import (
	"slices"

	"pizzeria/internal/inventory"
)

// avoidable lists the allergens of the dish as it comes without which it can be ordered, too, without all of them at once: some
// size has enough options in each group that have none of them. What is fixed is in it whatever is chosen.
func (i *MenuItem) avoidable(fixed []inventory.Allergen) []inventory.Allergen {
	without := []inventory.Allergen{}
	for _, a := range i.Allergens {
		if !slices.Contains(fixed, a) && i.canBeChosenWithout(append(without, a)) {
			without = append(without, a)
		}
	}
	return without
}

// canBeChosenWithout tells whether each group has as many options, of one size, as must be chosen from it that have none of the
// allergens.
func (i *MenuItem) canBeChosenWithout(allergens []inventory.Allergen) bool {
	harmful := func(a inventory.Allergen) bool { return slices.Contains(allergens, a) }
	return slices.ContainsFunc(i.Prices, func(sold Price) bool {
		return !slices.ContainsFunc(i.OptionGroups, func(g OptionGroup) bool {
			harmless := 0
			for _, o := range g.Options {
				left := slices.ContainsFunc(o.Prices, func(p Price) bool { return p.Size == sold.Size && p.IsAvailable })
				if left && !slices.ContainsFunc(o.Allergens, harmful) {
					harmless++
				}
			}
			return harmless < g.Min
		})
	})
}
