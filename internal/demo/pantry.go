package demo

import (
	"maps"
	"slices"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
)

// The ingredients, each with its unit: grams, millilitres or pieces.
const (
	dough       = "Pizza dough (g)"
	tomatoes    = "Crushed tomatoes (g)"
	mozzarella  = "Mozzarella (g)"
	burrata     = "Burrata (g)"
	gorgonzola  = "Gorgonzola (g)"
	parmesan    = "Parmesan (g)"
	ricotta     = "Ricotta (g)"
	mascarpone  = "Mascarpone (g)"
	basil       = "Basil (g)"
	rocket      = "Rocket (g)"
	rosemary    = "Rosemary (g)"
	garlic      = "Garlic (g)"
	oil         = "Olive oil (ml)"
	chilli      = "Chilli (g)"
	mushrooms   = "Mushrooms (g)"
	peppers     = "Roasted peppers (g)"
	aubergines  = "Aubergines (g)"
	onions      = "Red onions (g)"
	olives      = "Olives (g)"
	capers      = "Capers (g)"
	potatoes    = "Potatoes (g)"
	pears       = "Pears (g)"
	walnuts     = "Walnuts (g)"
	lettuce     = "Lettuce (g)"
	ham         = "Cooked ham (g)"
	salami      = "Spicy salami (g)"
	prosciutto  = "Cured ham (g)"
	sausage     = "Fennel sausage (g)"
	chicken     = "Chicken wings (pieces)"
	anchovies   = "Anchovies (g)"
	prawns      = "Prawns (g)"
	cocoa       = "Cocoa (g)"
	coffee      = "Coffee beans (g)"
	ladyfingers = "Ladyfingers (pieces)"
	cream       = "Cream (ml)"
	lemons      = "Lemons (g)"
	gelato      = "Gelato (ml)"
	water       = "Still water, bottle (pieces)"
	sparkling   = "Sparkling water, bottle (pieces)"
	cola        = "Cola, bottle (pieces)"
	chinotto    = "Bitter orange soda, bottle (pieces)"
	beer        = "Lager, bottle (pieces)"
	wine        = "Red wine (ml)"
)

// ingredients returns the stock, enough for thousands of guests at the first location; the others have half of it. A tenth of it
// is time to buy.
func ingredients(locations []location.CreateLocation) []inventory.Ingredient {
	onHand := map[string]int{
		dough: 5_000_000, tomatoes: 2_000_000, mozzarella: 2_500_000, burrata: 400_000, gorgonzola: 300_000,
		parmesan: 400_000, ricotta: 300_000, mascarpone: 300_000, basil: 100_000, rocket: 200_000, rosemary: 50_000,
		garlic: 100_000, oil: 500_000, chilli: 80_000, mushrooms: 500_000, peppers: 400_000, aubergines: 400_000,
		onions: 300_000, olives: 300_000, capers: 100_000, potatoes: 1_500_000, pears: 200_000, walnuts: 100_000,
		lettuce: 400_000, ham: 500_000, salami: 500_000, prosciutto: 400_000, sausage: 400_000, chicken: 20_000,
		anchovies: 150_000, prawns: 400_000, cocoa: 50_000, coffee: 200_000, ladyfingers: 10_000, cream: 400_000,
		lemons: 300_000, gelato: 500_000, water: 5_000, sparkling: 5_000, cola: 5_000, chinotto: 3_000, beer: 4_000,
		wine: 800_000,
	}
	stock := make([]inventory.Ingredient, 0, len(onHand))
	for _, name := range slices.Sorted(maps.Keys(onHand)) {
		units := onHand[name]
		ingredient := inventory.Ingredient{ID: id("ingredient", name), Name: name, LowThreshold: units / 10}
		for i, l := range locations {
			ingredient.Stock = append(ingredient.Stock, inventory.LocationStock{LocationID: &l.ID, OnHand: units / min(i+1, 2)})
		}
		stock = append(stock, ingredient)
	}
	return stock
}
