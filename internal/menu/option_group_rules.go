package menu

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxOptions     = 100
	maxChosen      = 100
	regular        = 10_000 // what an amount costs and takes, in basis points
	maxBasisPoints = 100_000
)

// valid refuses, with BAD_USER_INPUT, terms that make no sense for any stock.
func (t OptionGroupTerms) valid() error {
	if err := cmp.Or(validName(t.Name), validCount(t.Min, "min"), validCount(t.FreeUpTo, "freeUpTo")); err != nil {
		return err
	}
	switch {
	case t.Max != nil && (*t.Max < max(t.Min, 1) || *t.Max > maxChosen):
		return fault.New(fault.BadUserInput, "At most so many are %d to %d.", max(t.Min, 1), maxChosen).At("max")
	case t.Light != nil && !t.Light.within(0, 1, regular):
		return fault.New(fault.BadUserInput, "LIGHT costs 0 to %d basis points, and takes 1 to as many.", regular).At("light")
	case t.Extra != nil && !t.Extra.within(regular, regular, maxBasisPoints):
		return fault.New(fault.BadUserInput, "EXTRA costs and takes %d to %d basis points.", regular, maxBasisPoints).At("extra")
	case len(t.Options) > maxOptions:
		return fault.New(fault.BadUserInput, "A group has up to %d options.", maxOptions).At("options")
	}
	return t.validOptions()
}

func (t OptionGroupTerms) validOptions() error {
	defaults := 0
	for i, o := range t.Options {
		if err := o.valid("options", strconv.Itoa(i)); err != nil {
			return err
		}
		if o.ID != nil && slices.ContainsFunc(t.Options[:i], func(other Option) bool { return other.ID != nil && *other.ID == *o.ID }) {
			return fault.New(fault.BadUserInput, "Name each option once.").At("options", strconv.Itoa(i), "id")
		}
		if o.IsDefault {
			defaults++
		}
	}
	if t.Max != nil && defaults > *t.Max {
		return fault.New(fault.BadUserInput, "More options come with an item than may be chosen.").At("options")
	}
	return nil
}

func (o Option) valid(path ...string) error {
	at := func(more ...string) []string { return slices.Concat(path, more) }
	if err := cmp.Or(text.CheckLine(o.Name, "A name", maxName, at("name")...), inventory.ValidAllergens(o.Allergens, at("allergens")...)); err != nil {
		return err
	}
	if len(o.Prices) == 0 {
		return fault.New(fault.BadUserInput, "An option has a price in each size in which it is offered; one at least.").At(at("prices")...)
	}
	prices := make([]Price, len(o.Prices))
	for i, p := range o.Prices {
		prices[i] = Price{p.Size, p.Price}
		switch in := at("prices", strconv.Itoa(i), "dose"); {
		case p.Dose < 0 || p.Dose > maxQuantity:
			return fault.New(fault.BadUserInput, "A dose is 0 to %d units.", maxQuantity).At(in...)
		case o.IngredientID == nil && p.Dose > 0:
			return fault.New(fault.BadUserInput, "A dose is of an ingredient.").At(in...)
		}
	}
	return validPriceList(prices, at("prices")...)
}

func (f AmountFactors) within(price, dose, most int) bool {
	return f.PriceBasisPoints >= price && f.PriceBasisPoints <= most && f.DoseBasisPoints >= dose && f.DoseBasisPoints <= most
}

func validCount(n int, path ...string) error {
	if n < 0 || n > maxChosen {
		return fault.New(fault.BadUserInput, "This is 0 to %d.", maxChosen).At(path...)
	}
	return nil
}

// ownOptions refuses, with BAD_USER_INPUT, options with ids that aren't the group's.
func (g *OptionGroup) ownOptions(options []Option) error {
	for i, o := range options {
		if o.ID != nil && !slices.ContainsFunc(g.state.Options, func(own Option) bool { return *own.ID == *o.ID }) {
			return fault.New(fault.BadUserInput, "The group has no such option.").At("options", strconv.Itoa(i), "id")
		}
	}
	return nil
}

// UnknownOptionIngredient is the refusal for the ingredient of the option of that index.
func UnknownOptionIngredient(option int) *fault.Error {
	return fault.New(fault.BadUserInput, "There is no such ingredient.").At("options", strconv.Itoa(option), "ingredientId")
}

// Ingredients lists what the options take, each once.
func (t OptionGroupTerms) Ingredients() []uuid.UUID {
	var all []uuid.UUID
	for _, o := range t.Options {
		if o.IngredientID != nil && !slices.Contains(all, *o.IngredientID) {
			all = append(all, *o.IngredientID)
		}
	}
	return all
}
