package demo

import (
	"maps"
	"slices"

	"pizzeria/internal/menu"
)

// needs is what one medium or one-size portion takes of each ingredient.
type needs map[string]int

// dishes returns the whole menu.
func dishes() []menu.CreateMenuItem {
	return slices.Concat(pizzas(), salads(), sides(), desserts(), drinks())
}

// sized is sold small, medium and large; prices are cents.
func sized(small, medium, large int64) []menu.Price {
	return []menu.Price{
		{Size: menu.Small, Price: small}, {Size: menu.Medium, Price: medium}, {Size: menu.Large, Price: large},
	}
}

// single is sold in one size.
func single(price int64) []menu.Price { return []menu.Price{{Size: menu.OneSize, Price: price}} }

func dish(
	category, name, description string, minutes int, prices []menu.Price, recipe needs,
) menu.CreateMenuItem {
	d := menu.CreateMenuItem{
		Name: name, Description: description, Category: category, Prices: prices,
		PreparationMinutes: &minutes,
	}
	for _, ingredient := range slices.Sorted(maps.Keys(recipe)) {
		d.Ingredients = append(d.Ingredients, menu.RecipeLine{
			IngredientID: id("ingredient", ingredient), Quantity: recipe[ingredient],
		})
	}
	return d
}
