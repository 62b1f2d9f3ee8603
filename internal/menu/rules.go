package menu

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxName        = 120
	maxDescription = 2000
	maxCategory    = 60
	maxPrice       = 100_000_000
	maxPreparation = 240
	maxQuantity    = 1_000_000
)

func validName(name string) error { return text.CheckLine(name, "A name", maxName, "name") }

func validCategory(category string) error {
	return text.CheckLine(category, "A category", maxCategory, "category")
}

func validDescription(description string) error {
	clean, ok := text.Block(description)
	if utf8.RuneCountInString(clean) > maxDescription || !ok {
		return fault.New(fault.BadUserInput, "A description has up to %d characters that can be shown.", maxDescription).At("description")
	}
	return nil
}

func validPrices(prices []Price) error {
	if len(prices) == 0 {
		return fault.New(fault.BadUserInput, "An item needs at least one price.").At("prices")
	}
	if err := validPriceList(prices, "prices"); err != nil {
		return err
	}
	if len(prices) > 1 && slices.ContainsFunc(prices, func(p Price) bool { return p.Size == OneSize }) {
		return fault.New(fault.BadUserInput, "What is sold in one size has no other sizes.").At("prices")
	}
	return nil
}

func validPriceList(prices []Price, path ...string) error {
	seen := make(map[Size]bool, len(prices))
	for i, p := range prices {
		at := slices.Concat(path, []string{strconv.Itoa(i)})
		switch {
		case !p.Size.Valid():
			return fault.New(fault.BadUserInput, "There is no such size.").At(append(at, "size")...)
		case seen[p.Size]:
			return fault.New(fault.BadUserInput, "Each size has one price.").At(append(at, "size")...)
		case p.Price < 0 || p.Price > maxPrice:
			return fault.New(fault.BadUserInput, "A price is 0 to %d in minor units.", maxPrice).At(append(at, "price")...)
		}
		seen[p.Size] = true
	}
	return nil
}

func validRecipe(recipe []RecipeLine) error {
	seen := make(map[uuid.UUID]bool, len(recipe))
	for i, line := range recipe {
		switch at := strconv.Itoa(i); {
		case line.Quantity < 1 || line.Quantity > maxQuantity:
			return fault.New(fault.BadUserInput, "A portion takes 1 to %d units.", maxQuantity).At("ingredients", at, "quantity")
		case seen[line.IngredientID]:
			return fault.New(fault.BadUserInput, "A recipe names each ingredient once.").At("ingredients", at, "ingredientId")
		}
		seen[line.IngredientID] = true
	}
	return nil
}

func validPreparation(minutes int) error {
	if minutes < 0 || minutes > maxPreparation {
		return fault.New(fault.BadUserInput, "Preparation takes 0 to %d minutes.", maxPreparation).At("preparationMinutes")
	}
	return nil
}

// UnknownIngredient is the refusal for the recipe line of that index.
func UnknownIngredient(line int) *fault.Error {
	return fault.New(fault.BadUserInput, "There is no such ingredient.").At("ingredients", strconv.Itoa(line), "ingredientId")
}
