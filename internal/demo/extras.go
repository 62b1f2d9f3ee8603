package demo

import (
	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

func salads() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		dish("Salads", "House Salad", "Lettuce, red onion, olives and lemon.", 5, single(590),
			needs{lettuce: 120, onions: 20, olives: 25, lemons: 10, oil: 10}),
		dish("Salads", "Rocket and Pear", "With walnuts and shaved parmesan.", 6, single(740),
			needs{rocket: 60, pears: 60, walnuts: 15, parmesan: 15, oil: 10}),
		dish("Salads", "Burrata and Peppers", "Burrata on sweet roasted peppers.", 5, single(890),
			needs{burrata: 120, peppers: 100, basil: 3, oil: 10}),
	}
}

func sides() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		dipping(dish("Sides", "Garlic Bread", "Hot from the oven, with plenty of garlic.", 6, single(420),
			needs{dough: 150, garlic: 8, oil: 12})),
		dipping(dish("Sides", "Rosemary Potatoes", "Crisp outside, soft inside.", 14, single(450),
			needs{potatoes: 250, rosemary: 3, oil: 10})),
		dipping(declaring([]inventory.Allergen{inventory.Celery}, dish("Sides", "Chilli Wings", "Six wings, glazed and hot.", 16, single(790),
			needs{chicken: 6, chilli: 5, oil: 10}))), // the glaze
		dish("Sides", "Marinated Olives", "With lemon and a little chilli.", 2, single(380),
			needs{olives: 90, lemons: 5, chilli: 1}),
	}
}

func desserts() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		dish("Desserts", "Tiramisu", "Made every morning, gone every night.", 3, single(590),
			needs{mascarpone: 90, ladyfingers: 4, coffee: 10, cocoa: 4}),
		dish("Desserts", "Panna Cotta", "Set cream with lemon.", 3, single(540),
			needs{cream: 130, gelatine: 3, lemons: 10}),
		dish("Desserts", "Gelato", "Two scoops of what the kitchen feels like today.", 2, single(440),
			needs{gelato: 140}),
		dish("Desserts", "Sweet Calzone", "Folded dough with ricotta and cocoa.", 11, single(680),
			needs{dough: 140, ricotta: 90, cocoa: 8}),
	}
}

func drinks() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		drink(location.Drink, "Still Water", "Half a litre.", 0, single(250), needs{water: 1}),
		drink(location.Drink, "Sparkling Water", "Half a litre.", 0, single(250), needs{sparkling: 1}),
		drink(location.Drink, "Cola", "A third of a litre, cold.", 0, single(320), needs{cola: 1}),
		drink(location.Drink, "Bitter Orange Soda", "Grown-up and not too sweet.", 0, single(340), needs{chinotto: 1}),
		drink(location.Alcohol, "Lager", "A third of a litre.", 0, single(420), needs{beer: 1}),
		drink(location.Alcohol, "House Red", "A glass: small, medium or large.", 1, sized(390, 520, 740), needs{wine: 150}),
		drink(location.Drink, "Espresso", "Short and strong.", 2, single(220), needs{coffee: 9}),
	}
}

// declaring tells of allergens beside the ingredients'.
func declaring(allergens []inventory.Allergen, d menu.CreateMenuItem) menu.CreateMenuItem {
	d.Allergens = allergens
	return d
}

func drink(
	taxed location.TaxCategory, name, description string, minutes int, prices []menu.Price, recipe needs,
) menu.CreateMenuItem {
	d := dish("Drinks", name, description, minutes, prices, recipe)
	d.TaxCategory = taxed
	return d
}
