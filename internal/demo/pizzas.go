package demo

import (
	"maps"

	"pizzeria/internal/menu"
)

func pizzas() []menu.CreateMenuItem {
	return []menu.CreateMenuItem{
		pizza("Margherita", "Tomato, mozzarella and basil: the one to judge a pizzeria by.", sized(790, 990, 1290),
			red(needs{mozzarella: 120, basil: 4})),
		pizza("Marinara", "No cheese, no regrets: tomato, garlic and good oil.", sized(690, 890, 1150),
			red(needs{oil: 15}), "Garlic"),
		pizza("Devil's Doorbell", "Spicy salami and chilli. Rings twice.", sized(940, 1190, 1520),
			red(needs{mozzarella: 110, salami: 70}), "Chilli"),
		pizza("Grandmother's Garden", "Roasted peppers, aubergine and red onion.", sized(890, 1140, 1460),
			red(needs{mozzarella: 100, peppers: 50, aubergines: 60}), "Red onions"),
		pizza("Forest Floor", "Two handfuls of mushrooms, garlic and good oil.", sized(910, 1160, 1480),
			white(needs{mozzarella: 120, mushrooms: 90}), "Garlic"),
		pizza("Four Corners", "Mozzarella, gorgonzola, parmesan and ricotta, a corner each.", sized(960, 1240, 1590),
			white(needs{mozzarella: 70, gorgonzola: 40, parmesan: 25, ricotta: 40})),
		pizza("Sunday Ham", "Cooked ham and mushrooms, as at home.", sized(920, 1170, 1490),
			red(needs{mozzarella: 110, ham: 70, mushrooms: 40})),
		pizza("Parma Rocket", "Cured ham, rocket and parmesan, laid on after the oven.", sized(1040, 1340, 1720),
			red(needs{mozzarella: 100, prosciutto: 60, parmesan: 15}), "Rocket"),
		pizza("Salt Harbour", "Anchovies, capers and olives: the sea on a plate.", sized(930, 1180, 1510),
			red(needs{anchovies: 30}), "Capers", "Olives"),
		pizza("Sausage and Fennel", "Fennel sausage, onion and a little chilli.", sized(960, 1220, 1560),
			red(needs{mozzarella: 110, sausage: 80}), "Red onions", "Chilli"),
		pizza("Orchard Blue", "Pear, gorgonzola and walnuts on a white base.", sized(980, 1260, 1610),
			white(needs{mozzarella: 80, gorgonzola: 45, pears: 70}), "Walnuts"),
		pizza("Prawn Evening", "Prawns, garlic and lemon on a white base.", sized(1120, 1440, 1840),
			white(needs{mozzarella: 80, prawns: 80, lemons: 15}), "Garlic"),
		pizza("Burrata Cloud", "A whole cloud of burrata over cold tomato and basil.", sized(1090, 1390, 1780),
			red(needs{burrata: 110, basil: 5, oil: 10})),
		pizza("Potato Ember", "Thin potatoes, rosemary and salt flakes.", sized(840, 1060, 1380),
			white(needs{mozzarella: 90, potatoes: 120, rosemary: 3})),
	}
}

func pizza(name, description string, prices []menu.Price, recipe needs, with ...string) menu.CreateMenuItem {
	p := dish("Pizza", name, description, 12, prices, recipe)
	p.IsPizza = true
	return choosing(p, with...)
}

// red is a base with tomato, white one with oil; both under the toppings given.
func red(toppings needs) needs { return on(needs{dough: 250, tomatoes: 90}, toppings) }

func white(toppings needs) needs { return on(needs{dough: 250, oil: 12}, toppings) }

func on(base, toppings needs) needs {
	maps.Copy(base, toppings)
	return base
}
