package demo

import (
	"maps"

	"pizzeria/internal/menu"
)

const (
	gluten = "Gluten"
	milk   = "Milk"
	egg    = "Egg"
	nuts   = "Nuts"
	fish   = "Fish"
	shell  = "Crustaceans"
	sulph  = "Sulphites"
	celery = "Celery"
)

func pizzas() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		pizza("Margherita", "Tomato, mozzarella and basil: the one to judge a pizzeria by.", sized(790, 990, 1290),
			red(needs{mozzarella: 120, basil: 4}), milk),
		pizza("Marinara", "No cheese, no regrets: tomato, garlic and good oil.", sized(690, 890, 1150),
			red(needs{garlic: 8, oil: 15})),
		pizza("Devil's Doorbell", "Spicy salami and chilli. Rings twice.", sized(940, 1190, 1520),
			red(needs{mozzarella: 110, salami: 70, chilli: 4}), milk),
		pizza("Grandmother's Garden", "Roasted peppers, aubergine and red onion.", sized(890, 1140, 1460),
			red(needs{mozzarella: 100, peppers: 50, aubergines: 60, onions: 25}), milk),
		pizza("Forest Floor", "Two handfuls of mushrooms, garlic and good oil.", sized(910, 1160, 1480),
			white(needs{mozzarella: 120, mushrooms: 90, garlic: 4}), milk),
		pizza("Four Corners", "Mozzarella, gorgonzola, parmesan and ricotta, a corner each.", sized(960, 1240, 1590),
			white(needs{mozzarella: 70, gorgonzola: 40, parmesan: 25, ricotta: 40}), milk),
		pizza("Sunday Ham", "Cooked ham and mushrooms, as at home.", sized(920, 1170, 1490),
			red(needs{mozzarella: 110, ham: 70, mushrooms: 40}), milk),
		pizza("Parma Rocket", "Cured ham, rocket and parmesan, laid on after the oven.", sized(1040, 1340, 1720),
			red(needs{mozzarella: 100, prosciutto: 60, rocket: 20, parmesan: 15}), milk),
		pizza("Salt Harbour", "Anchovies, capers and olives: the sea on a plate.", sized(930, 1180, 1510),
			red(needs{anchovies: 30, capers: 10, olives: 30}), fish),
		pizza("Sausage and Fennel", "Fennel sausage, onion and a little chilli.", sized(960, 1220, 1560),
			red(needs{mozzarella: 110, sausage: 80, onions: 20, chilli: 2}), milk),
		pizza("Orchard Blue", "Pear, gorgonzola and walnuts on a white base.", sized(980, 1260, 1610),
			white(needs{mozzarella: 80, gorgonzola: 45, pears: 70, walnuts: 15}), milk, nuts),
		pizza("Prawn Evening", "Prawns, garlic and lemon on a white base.", sized(1120, 1440, 1840),
			white(needs{mozzarella: 80, prawns: 80, garlic: 6, lemons: 15}), milk, shell),
		pizza("Burrata Cloud", "A whole cloud of burrata over cold tomato and basil.", sized(1090, 1390, 1780),
			red(needs{burrata: 110, basil: 5, oil: 10}), milk),
		pizza("Potato Ember", "Thin potatoes, rosemary and salt flakes.", sized(840, 1060, 1380),
			white(needs{mozzarella: 90, potatoes: 120, rosemary: 3}), milk),
	}
}

func pizza(name, description string, prices []menu.Price, recipe needs, allergens ...string) menu.CreateMenuItem {
	p := dish("Pizza", name, description, 12, prices, recipe, append([]string{gluten}, allergens...)...)
	p.IsPizza = true
	return p
}

// red is a base with tomato, white one with oil; both under the toppings given.
func red(toppings needs) needs { return with(needs{dough: 250, tomatoes: 90}, toppings) }

func white(toppings needs) needs { return with(needs{dough: 250, oil: 12}, toppings) }

func with(base, toppings needs) needs {
	maps.Copy(base, toppings)
	return base
}
