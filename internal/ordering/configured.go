package ordering

import (
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
)

// result tells what a portion is that has been checked. What is the same on both halves is on the whole.
func (c *configurator) result() configuration {
	first, second := c.halves[0].dish, c.halves[1].dish
	made := configuration{options: []LineOption{}, priced: pricing.Line{Dish: c.pricedDish(first), Size: c.size}}
	if c.two {
		made.second = &LineHalf{MenuItemID: second.ID, Name: second.Name, Options: []LineOption{}}
		made.priced.Second = new(c.pricedDish(second))
	}
	parts := map[uuid.UUID]int64{} // of ingredients, in half units
	if c.two {
		addPortion(parts, first.Portion(c.size), 1)
		addPortion(parts, second.Portion(c.size), 1)
	} else {
		addPortion(parts, first.Portion(c.size), 2)
	}
	allergens := [][]inventory.Allergen{first.Allergens, second.Allergens}
	for _, id := range c.order() {
		a, onFirst := c.halves[0].choices[id]
		b, onSecond := c.halves[1].choices[id]
		whole := onFirst && (!a.group.Halves || onSecond && a.amount == b.amount && a.isDefault() == b.isDefault())
		for _, part := range []struct {
			choice
			on      bool
			portion pricing.Portion
		}{{a, whole, pricing.Whole}, {a, onFirst && !whole, pricing.First}, {b, onSecond && !whole, pricing.Second}} {
			if !part.on || part.amount == pricing.None && !part.isDefault() {
				continue
			}
			ofSecond := c.two && part.portion == pricing.Second
			made.add(part.choice, part.portion, ofSecond, c.size)
			if part.amount == pricing.None {
				continue
			}
			allergens = append(allergens, part.option.Allergens)
			if dose := part.dose(c.size); dose > 0 {
				halves := int64(1)
				if part.portion == pricing.Whole {
					halves = 2
				}
				parts[*part.option.IngredientID] += dose * halves
			}
		}
	}
	made.takes, made.allergens = inUnits(parts), inventory.Together(allergens...)
	return made
}

// add writes a choice down, in the record and in the basket.
func (made *configuration) add(c choice, portion pricing.Portion, ofSecond bool, size menu.Size) {
	record := LineOption{c.option.ID, c.group.Name, c.option.Name, portion, c.amount, c.isDefault()}
	price, _ := c.option.Price(size)
	priced := pricing.Option{
		ID: c.option.ID, Name: c.option.Name, Price: price, Portion: portion, Amount: c.amount, Included: c.isDefault(),
		Group: pricing.Group{
			ID: c.group.ID, Name: c.group.Name, FreeUpTo: c.group.FreeUpTo,
			LightFactor: priceFactor(c.group.Light), ExtraFactor: priceFactor(c.group.Extra),
		},
	}
	if ofSecond {
		made.second.Options = append(made.second.Options, record)
		made.priced.Second.Options = append(made.priced.Second.Options, priced)
		return
	}
	made.options = append(made.options, record)
	made.priced.Options = append(made.priced.Options, priced)
}

func (c choice) isDefault() bool { return c.option.IsDefault }

// dose is what the amount takes on the whole, in units of the ingredient, rounded up: half an egg is an egg gone.
func (c choice) dose(size menu.Size) int64 {
	if c.option.IngredientID == nil {
		return 0
	}
	dose, factor := c.option.Dose(size), int64(10_000)
	switch c.amount {
	case pricing.None:
		return 0
	case pricing.Light:
		factor = int64(c.group.Light.DoseBasisPoints)
	case pricing.Extra:
		factor = int64(c.group.Extra.DoseBasisPoints)
	case pricing.Regular:
	}
	return (dose*factor + 9_999) / 10_000
}

func priceFactor(f *menu.AmountFactors) int {
	if f == nil {
		return 10_000
	}
	return f.PriceBasisPoints
}

func (c *configurator) pricedDish(d menu.Dish) pricing.Dish {
	priced := pricing.Dish{ID: d.ID, Name: d.Name, TaxCategory: d.TaxCategory, Price: d.Prices[c.size]}
	if h := d.Halves; h != nil {
		priced.Halves = &pricing.HalvesPolicy{BasePrice: pricing.HalfPrice(h.BasePrice), ToppingPercent: h.ToppingPercent, SplitCharge: h.SplitCharge}
	}
	return priced
}

func addPortion(parts map[uuid.UUID]int64, portion []menu.Ingredient, halves int64) {
	for _, i := range portion {
		parts[i.ID] += i.Quantity * halves
	}
}

// inUnits lists half units as whole units and what is left, in the order of the ingredients' ids.
func inUnits(halfUnits map[uuid.UUID]int64) []menu.Ingredient {
	takes := make([]menu.Ingredient, 0, len(halfUnits))
	for id, n := range halfUnits {
		takes = append(takes, menu.Ingredient{ID: id, Quantity: n / 2, HalfUnits: n % 2})
	}
	slices.SortFunc(takes, func(a, b menu.Ingredient) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return takes
}
