package inventory

import (
	"slices"

	"pizzeria/internal/platform/fault"
)

// Allergen is one of the fourteen that EU 1169/2011 has sellers tell of; the contract's enum.
type Allergen string

// The fourteen.
const (
	Celery      Allergen = "CELERY"
	Crustaceans Allergen = "CRUSTACEANS"
	Eggs        Allergen = "EGGS"
	Fish        Allergen = "FISH"
	Gluten      Allergen = "GLUTEN"
	Lupin       Allergen = "LUPIN"
	Milk        Allergen = "MILK"
	Molluscs    Allergen = "MOLLUSCS"
	Mustard     Allergen = "MUSTARD"
	Nuts        Allergen = "NUTS"
	Peanuts     Allergen = "PEANUTS"
	Sesame      Allergen = "SESAME"
	Soya        Allergen = "SOYA"
	Sulphites   Allergen = "SULPHITES"
)

// fourteen is a function, since Go has no constant lists.
func fourteen() []Allergen {
	return []Allergen{Celery, Crustaceans, Eggs, Fish, Gluten, Lupin, Milk, Molluscs, Mustard, Nuts, Peanuts, Sesame, Soya, Sulphites}
}

// ValidAllergens refuses, with BAD_USER_INPUT, what is none of the fourteen, and one that is named twice.
func ValidAllergens(allergens []Allergen, path ...string) error {
	for i, a := range allergens {
		switch {
		case !slices.Contains(fourteen(), a):
			return fault.New(fault.BadUserInput, "There is no such allergen.").At(path...)
		case slices.Contains(allergens[:i], a):
			return fault.New(fault.BadUserInput, "Name each allergen once.").At(path...)
		}
	}
	return nil
}

// Together lists the allergens of all, each once, in the order of their names; empty, never nil, if there is none.
func Together(all ...[]Allergen) []Allergen {
	together := slices.Concat(all...)
	slices.Sort(together)
	return append([]Allergen{}, slices.Compact(together)...)
}

// Diet is the strictest diet that something is fit for. What is vegan is vegetarian, too; what is empty is neither.
type Diet string

// The diets.
const (
	Vegan      Diet = "VEGAN"
	Vegetarian Diet = "VEGETARIAN"
)

func validDiet(diet *Diet) error {
	if diet == nil || *diet == Vegan || *diet == Vegetarian {
		return nil
	}
	return fault.New(fault.BadUserInput, "There is no such diet.").At("diet")
}
