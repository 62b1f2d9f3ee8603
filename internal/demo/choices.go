package demo

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
)

// The option groups.
const (
	crusts   = "Crust"
	toppings = "Extra toppings"
	comeWith = "Comes with"
	dips     = "Dips"
)

// choices returns the option groups that dishes share. Ingredients are called by the ids that they are given.
func choices() []menu.CreateOptionGroup {
	return []menu.CreateOptionGroup{
		group(crusts, menu.OptionGroupTerms{Min: 1, Max: new(1), Options: []menu.Option{
			standard(choice("Neapolitan", "", 0, sized(0, 0, 0))),
			choice("Thin and crisp", "", 0, sized(0, 0, 0)),
			choice("Ricotta-filled rim", ricotta, 60, sized(160, 200, 250)),
		}}),
		group(comeWith, menu.OptionGroupTerms{Halves: true, Options: []menu.Option{
			choice("Red onions", onions, 25, sized(0, 0, 0)),
			choice("Chilli", chilli, 3, sized(0, 0, 0)),
			choice("Capers", capers, 10, sized(0, 0, 0)),
			choice("Olives", olives, 30, sized(0, 0, 0)),
			choice("Rocket", rocket, 20, sized(0, 0, 0)),
			choice("Garlic", garlic, 6, sized(0, 0, 0)),
			choice("Walnuts", walnuts, 15, sized(0, 0, 0)),
		}}),
		group(toppings, menu.OptionGroupTerms{
			Max: new(6), Halves: true,
			Light: &menu.AmountFactors{PriceBasisPoints: 10_000, DoseBasisPoints: 5_000},
			Extra: &menu.AmountFactors{PriceBasisPoints: 17_500, DoseBasisPoints: 20_000},
			Options: []menu.Option{
				choice("Extra mozzarella", mozzarella, 60, sized(140, 180, 230)),
				choice("Gorgonzola", gorgonzola, 30, sized(140, 180, 230)),
				choice("Parmesan", parmesan, 16, sized(140, 180, 230)),
				choice("Mushrooms", mushrooms, 50, sized(110, 140, 180)),
				choice("Roasted peppers", peppers, 50, sized(110, 140, 180)),
				choice("Aubergine", aubergines, 50, sized(110, 140, 180)),
				choice("Potatoes", potatoes, 60, sized(110, 140, 180)),
				choice("Cooked ham", ham, 50, sized(160, 200, 260)),
				choice("Spicy salami", salami, 44, sized(160, 200, 260)),
				choice("Fennel sausage", sausage, 50, sized(160, 200, 260)),
				choice("Anchovies", anchovies, 16, sized(160, 200, 260)),
				choice("Prawns", prawns, 50, sized(220, 280, 360)),
			},
		}),
		group(dips, menu.OptionGroupTerms{Max: new(4), Options: []menu.Option{
			choice("Garlic and herbs", aioli, 1, each(90)),
			choice("Smoked chilli", chilliDip, 1, each(90)),
			choice("Mustard and honey", mustardDip, 1, each(90)),
		}}),
	}
}

func group(name string, terms menu.OptionGroupTerms) menu.CreateOptionGroup {
	terms.Name = name
	for i := range terms.Options {
		terms.Options[i].ID = new(optionID(name, terms.Options[i].Name))
	}
	return menu.CreateOptionGroup{GroupID: groupID(name), OptionGroupTerms: terms}
}

// choice takes so much of an ingredient, "" for nothing, of a medium or one-size portion.
func choice(name, ingredient string, dose int64, prices []menu.Price) menu.Option {
	o := menu.Option{Name: name}
	if ingredient != "" {
		o.IngredientID = new(id("ingredient", ingredient))
	}
	for _, p := range prices {
		taken := p.Size.Portion(dose)
		if ingredient == aioli || ingredient == chilliDip || ingredient == mustardDip {
			taken = dose // a pot, whatever it goes with
		}
		o.Prices = append(o.Prices, menu.OptionPrice{Size: p.Size, Price: p.Price, Dose: int(taken)})
	}
	return o
}

func standard(o menu.Option) menu.Option {
	o.IsDefault = true
	return o
}

// each costs the same with every size.
func each(price int64) []menu.Price { return append(sized(price, price, price), single(price)...) }

func groupID(name string) uuid.UUID { return id("option group", name) }

func optionID(group, name string) uuid.UUID { return id("option", group+": "+name) }

// choosing gives a pizza its groups. What comes with it may be left out.
func choosing(p menu.CreateMenuItem, with ...string) menu.CreateMenuItem {
	p.OptionGroups = []menu.ItemOptionGroup{{OptionGroupID: groupID(crusts)}}
	if len(with) > 0 {
		ids := make([]uuid.UUID, len(with))
		for i, name := range with {
			ids[i] = optionID(comeWith, name)
		}
		p.OptionGroups = append(p.OptionGroups, menu.ItemOptionGroup{OptionGroupID: groupID(comeWith), OptionIDs: &ids, DefaultOptionIDs: &ids})
	}
	p.OptionGroups = append(p.OptionGroups, menu.ItemOptionGroup{OptionGroupID: groupID(toppings)}, menu.ItemOptionGroup{OptionGroupID: groupID(dips)})
	p.Halves = &menu.HalvesPolicy{BasePrice: menu.Higher, ToppingPercent: 50, SplitCharge: 100, Sizes: []menu.Size{menu.Medium, menu.Large}}
	return p
}

// dipping lets a side be dipped.
func dipping(d menu.CreateMenuItem) menu.CreateMenuItem {
	d.OptionGroups = []menu.ItemOptionGroup{{OptionGroupID: groupID(dips)}}
	return d
}

// newGroups makes the groups, with the ids under which ingredients are there.
func newGroups(there map[uuid.UUID]uuid.UUID, now time.Time) []*menu.OptionGroup {
	var groups []*menu.OptionGroup
	for _, g := range choices() {
		for i, o := range g.Options {
			if o.IngredientID != nil {
				g.Options[i].IngredientID = new(there[*o.IngredientID])
			}
		}
		groups = append(groups, menu.NewOptionGroup(g, uuid.New, now))
	}
	return groups
}
