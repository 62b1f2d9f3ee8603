package demo

import (
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
	gelatine    = "Gelatine (g)"
	lemons      = "Lemons (g)"
	gelato      = "Gelato (ml)"
	water       = "Still water, bottle (pieces)"
	sparkling   = "Sparkling water, bottle (pieces)"
	cola        = "Cola, bottle (pieces)"
	chinotto    = "Bitter orange soda, bottle (pieces)"
	beer        = "Lager, bottle (pieces)"
	wine        = "Red wine (ml)"
	aioli       = "Garlic dip, pot (pieces)"
	chilliDip   = "Chilli dip, pot (pieces)"
	mustardDip  = "Mustard dip, pot (pieces)"
)

// supply is an ingredient, and how much of it the first location has.
type supply struct {
	name      string
	onHand    int
	diet      *inventory.Diet
	allergens []inventory.Allergen
}

func vegan(name string, onHand int, allergens ...inventory.Allergen) supply {
	return supply{name, onHand, new(inventory.Vegan), allergens}
}

func vegetarian(name string, onHand int, allergens ...inventory.Allergen) supply {
	return supply{name, onHand, new(inventory.Vegetarian), allergens}
}

// neither is of an animal that was killed for it, as are cheeses that calf's rennet makes.
func neither(name string, onHand int, allergens ...inventory.Allergen) supply {
	return supply{name, onHand, nil, allergens}
}

func supplies() []supply {
	return []supply{
		vegan(dough, 5_000_000, inventory.Gluten),
		vegan(tomatoes, 2_000_000),
		vegetarian(mozzarella, 2_500_000, inventory.Milk),
		vegetarian(burrata, 400_000, inventory.Milk),
		neither(gorgonzola, 300_000, inventory.Milk),
		neither(parmesan, 400_000, inventory.Milk),
		vegetarian(ricotta, 300_000, inventory.Milk),
		vegetarian(mascarpone, 300_000, inventory.Milk),
		vegan(basil, 100_000),
		vegan(rocket, 200_000),
		vegan(rosemary, 50_000),
		vegan(garlic, 100_000),
		vegan(oil, 500_000),
		vegan(chilli, 80_000),
		vegan(mushrooms, 500_000),
		vegan(peppers, 400_000),
		vegan(aubergines, 400_000),
		vegan(onions, 300_000),
		vegan(olives, 300_000),
		vegan(capers, 100_000),
		vegan(potatoes, 1_500_000),
		vegan(pears, 200_000),
		vegan(walnuts, 100_000, inventory.Nuts),
		vegan(lettuce, 400_000),
		neither(ham, 500_000),
		neither(salami, 500_000),
		neither(prosciutto, 400_000),
		neither(sausage, 400_000),
		neither(chicken, 20_000),
		neither(anchovies, 150_000, inventory.Fish),
		neither(prawns, 400_000, inventory.Crustaceans),
		vegan(cocoa, 50_000),
		vegan(coffee, 200_000),
		vegetarian(ladyfingers, 10_000, inventory.Gluten, inventory.Eggs),
		vegetarian(cream, 400_000, inventory.Milk),
		neither(gelatine, 10_000),
		vegan(lemons, 300_000),
		vegetarian(gelato, 500_000, inventory.Milk, inventory.Eggs),
		vegan(water, 5_000),
		vegan(sparkling, 5_000),
		vegan(cola, 5_000),
		vegan(chinotto, 3_000),
		vegan(beer, 4_000, inventory.Gluten),
		vegan(wine, 800_000, inventory.Sulphites),
		vegetarian(aioli, 20_000, inventory.Eggs, inventory.Mustard),
		vegan(chilliDip, 20_000, inventory.Celery),
		vegetarian(mustardDip, 20_000, inventory.Mustard),
	}
}

// ingredients returns the stock, enough for thousands of guests at the first location; the others have half of it. A tenth of it
// is time to buy.
func ingredients(locations []location.CreateLocation) []inventory.Ingredient {
	var stock []inventory.Ingredient
	for _, s := range supplies() {
		ingredient := inventory.Ingredient{
			ID: id("ingredient", s.name), Name: s.name, LowThreshold: s.onHand / 10, Allergens: inventory.Together(s.allergens), Diet: s.diet,
		}
		for i, l := range locations {
			ingredient.Stock = append(ingredient.Stock, inventory.LocationStock{LocationID: &l.ID, OnHand: s.onHand / min(i+1, 2)})
		}
		stock = append(stock, ingredient)
	}
	return stock
}
