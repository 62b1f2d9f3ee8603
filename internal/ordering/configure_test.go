package ordering

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/fault"
)

// The ingredients, options and groups of the pizzas below.
var (
	flour, ham, onion    = uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	thin, thick, stuffed = uuid.UUID{11}, uuid.UUID{12}, uuid.UUID{13}
	extraHam, onions     = uuid.UUID{14}, uuid.UUID{15}
)

func offered(id uuid.UUID, name string, isDefault bool, ingredient *uuid.UUID, dose, price int64, allergens ...inventory.Allergen) menu.DishOption {
	o := menu.DishOption{ID: id, Name: name, IsDefault: isDefault, IngredientID: ingredient, Allergens: allergens}
	o.Prices = append(o.Prices, struct {
		Size  menu.Size `json:"size"`
		Price int64     `json:"price"`
		Dose  int64     `json:"dose"`
	}{menu.Medium, price, dose})
	return o
}

// diavola comes thin and with onions.
func diavola() menu.Dish {
	return menu.Dish{
		ID: uuid.UUID{21}, Name: "Diavola", Available: true, Prices: map[menu.Size]int64{menu.Medium: 1000, menu.Large: 1400},
		Recipe: []menu.Ingredient{{ID: flour, Quantity: 5}}, Allergens: []inventory.Allergen{inventory.Gluten},
		Halves: &menu.HalvesPolicy{BasePrice: menu.Higher, ToppingPercent: 50, Sizes: []menu.Size{menu.Medium}},
		Groups: []menu.DishGroup{
			{ID: uuid.UUID{31}, Name: "Crust", Min: 1, Max: new(1), Options: []menu.DishOption{
				offered(thin, "Thin", true, nil, 0, 0), offered(thick, "Thick", false, &flour, 2, 100), offered(stuffed, "Stuffed", false, nil, 0, 200, inventory.Milk),
			}},
			{
				ID: uuid.UUID{32}, Name: "Toppings", Max: new(2), Halves: true,
				Light: &menu.AmountFactors{PriceBasisPoints: 5000, DoseBasisPoints: 5000}, Extra: &menu.AmountFactors{PriceBasisPoints: 20_000, DoseBasisPoints: 20_000},
				Options: []menu.DishOption{offered(extraHam, "Ham", false, &ham, 3, 150, inventory.Celery), offered(onions, "Onions", true, &onion, 5, 50, inventory.Sulphites)},
			},
		},
	}
}

// verdure has no onions by itself, and no stuffed crust.
func verdure() menu.Dish {
	d := diavola()
	d.ID, d.Name, d.Prices, d.Recipe = uuid.UUID{22}, "Verdure", map[menu.Size]int64{menu.Medium: 900}, []menu.Ingredient{{ID: flour, Quantity: 4}}
	d.Groups[0].Options = d.Groups[0].Options[:2]
	d.Groups[1].Options[1].IsDefault = false
	return d
}

func request(options ...OptionRequest) ItemRequest {
	return ItemRequest{MenuItemID: uuid.UUID{21}, Size: menu.Medium, Quantity: 1, Options: options}
}

// written writes options down: name, portion and amount.
func written(options []LineOption) string {
	var lines []string
	for _, o := range options {
		lines = append(lines, o.Name+" "+string(o.Portion)+" "+string(o.Amount))
	}
	return strings.Join(lines, ", ")
}

// takes is what a portion takes of an ingredient, in half units.
func (c configuration) halfUnits(ingredient uuid.UUID) (n int64) {
	for _, i := range c.takes {
		if i.ID == ingredient {
			n += 2*i.Quantity + i.HalfUnits
		}
	}
	return n
}

func TestWhatIsAskedForAndWhatComesWithTheDishMakeAPortion(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options    []OptionRequest
		told       string
		allergens  []inventory.Allergen
		ham, onion int64 // in half units
		price      int64
	}{
		"as it comes": {nil, "Thin WHOLE REGULAR, Onions WHOLE REGULAR", []inventory.Allergen{"GLUTEN", "SULPHITES"}, 0, 10, 1000},
		"one of one is replaced": {
			[]OptionRequest{{OptionID: stuffed}}, "Stuffed WHOLE REGULAR, Onions WHOLE REGULAR", []inventory.Allergen{"GLUTEN", "MILK", "SULPHITES"}, 0, 10, 1200,
		},
		"left out": {[]OptionRequest{{onions, "", pricing.None}}, "Thin WHOLE REGULAR, Onions WHOLE NONE", []inventory.Allergen{"GLUTEN"}, 0, 0, 1000},
		"nothing of what doesn't come": {
			[]OptionRequest{{extraHam, "", pricing.None}}, "Thin WHOLE REGULAR, Onions WHOLE REGULAR", []inventory.Allergen{"GLUTEN", "SULPHITES"}, 0, 10, 1000,
		},
		"left out on the left": {
			[]OptionRequest{{onions, pricing.First, pricing.None}},
			"Thin WHOLE REGULAR, Onions FIRST NONE, Onions SECOND REGULAR",
			[]inventory.Allergen{"GLUTEN", "SULPHITES"},
			0, 5, 1000,
		},
		"a half": {
			[]OptionRequest{{extraHam, pricing.Second, ""}},
			"Thin WHOLE REGULAR, Ham SECOND REGULAR, Onions WHOLE REGULAR",
			[]inventory.Allergen{"CELERY", "GLUTEN", "SULPHITES"},
			3, 10, 1075,
		},
		"two halves are the whole": {
			[]OptionRequest{{extraHam, pricing.Second, ""}, {extraHam, pricing.First, ""}},
			"Thin WHOLE REGULAR, Ham WHOLE REGULAR, Onions WHOLE REGULAR",
			[]inventory.Allergen{"CELERY", "GLUTEN", "SULPHITES"},
			6, 10, 1150,
		},
		"amounts": {
			[]OptionRequest{{extraHam, pricing.First, pricing.Extra}, {extraHam, pricing.Second, pricing.Light}},
			"Thin WHOLE REGULAR, Ham FIRST EXTRA, Ham SECOND LIGHT, Onions WHOLE REGULAR",
			[]inventory.Allergen{"CELERY", "GLUTEN", "SULPHITES"},
			6 + 2, 10, 1000 + 150 + 38,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made, err := request(test.options...).configure(diavola(), nil)
			require.NoError(t, err)
			require.Equal(t, test.told, written(made.options))
			require.Equal(t, test.allergens, made.allergens)
			require.Equal(t, []int64{test.ham, test.onion, 10}, []int64{made.halfUnits(ham), made.halfUnits(onion), made.halfUnits(flour)})
			made.priced.Quantity = 1
			require.Equal(t, test.price, pricing.Price(pricing.Basket{Lines: []pricing.Line{made.priced}}).Totals.Subtotal)
		})
	}
}

func TestTwoDishesShareAPizza(t *testing.T) {
	t.Parallel()
	item := request(OptionRequest{OptionID: thick}, OptionRequest{onions, pricing.First, pricing.None})
	item.SecondHalf = &SecondHalfRequest{uuid.UUID{22}, []OptionRequest{{OptionID: extraHam}}}

	made, err := item.configure(diavola(), new(verdure()))
	require.NoError(t, err)

	require.Equal(t, "Thick WHOLE REGULAR, Onions FIRST NONE", written(made.options))
	require.Equal(t, "Verdure", made.second.Name)
	require.Equal(t, "Ham SECOND REGULAR", written(made.second.Options))
	require.Equal(t, []int64{3, 0, 5 + 4 + 4}, []int64{made.halfUnits(ham), made.halfUnits(onion), made.halfUnits(flour)})
	made.priced.Quantity = 1
	require.EqualValues(t, 1000+100+75, pricing.Price(pricing.Basket{Lines: []pricing.Line{made.priced}}).Totals.Subtotal)
}

func TestTheSameOnBothHalvesIsTheWhole(t *testing.T) {
	t.Parallel()
	same := request()
	same.SecondHalf = &SecondHalfRequest{MenuItemID: uuid.UUID{21}}
	other := request()
	other.SecondHalf = &SecondHalfRequest{uuid.UUID{21}, []OptionRequest{{onions, "", pricing.None}}}

	whole, err := same.configure(diavola(), new(diavola()))
	require.NoError(t, err)
	half, err := other.configure(diavola(), new(diavola()))
	require.NoError(t, err)

	plain, err := request().configure(diavola(), nil)
	require.NoError(t, err)
	require.Equal(t, plain, whole)
	require.Nil(t, half.second)
	require.Equal(t, "Thin WHOLE REGULAR, Onions FIRST REGULAR, Onions SECOND NONE", written(half.options))
}

func TestWhatCannotBeChosenIsRefusedAtItsPlace(t *testing.T) {
	t.Parallel()
	small := func(r ItemRequest) ItemRequest { r.Size = menu.Large; return r }
	with := func(r ItemRequest, options ...OptionRequest) ItemRequest {
		r.SecondHalf = &SecondHalfRequest{uuid.UUID{22}, options}
		return r
	}
	for name, test := range map[string]struct {
		item ItemRequest
		path string
	}{
		"unknown":                   {request(OptionRequest{OptionID: uuid.New()}), "options 0 optionId"},
		"not in this size":          {small(request(OptionRequest{OptionID: thick})), "options 0 optionId"},
		"twice":                     {request(OptionRequest{OptionID: extraHam}, OptionRequest{extraHam, pricing.First, ""}), "options 1 optionId"},
		"crust on a half":           {request(OptionRequest{thick, pricing.First, ""}), "options 0 portion"},
		"no such amount":            {request(OptionRequest{thick, "", pricing.Extra}), "options 0 amount"},
		"no crust":                  {request(OptionRequest{thin, "", pricing.None}), "options"},
		"two crusts":                {request(OptionRequest{OptionID: thick}, OptionRequest{OptionID: stuffed}), "options"},
		"crust of the second":       {with(request(), OptionRequest{OptionID: thick}), "secondHalf options 0 portion"},
		"first of the second":       {with(request(), OptionRequest{extraHam, pricing.First, ""}), "secondHalf options 0 portion"},
		"crust that one hasn't":     {with(request(OptionRequest{OptionID: stuffed})), "options 0 portion"},
		"unknown on the second":     {with(request(), OptionRequest{OptionID: uuid.New()}), "secondHalf options 0 optionId"},
		"halves not in this size":   {small(with(request())), "options"},
		"more than the group takes": {request(OptionRequest{OptionID: extraHam}, OptionRequest{OptionID: uuid.UUID{16}}), "options"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := diavola(), (*menu.Dish)(nil)
			first.Groups[1].Options = append(first.Groups[1].Options, offered(uuid.UUID{16}, "Capers", false, nil, 0, 50))
			if test.item.SecondHalf != nil {
				second = new(verdure())
			}
			if name == "halves not in this size" {
				first.Groups, second.Groups = nil, nil
			}
			_, err := test.item.configure(first, second)
			refusal, refused := fault.As(err)
			require.True(t, refused, "%v", err)
			require.Equal(t, fault.BadUserInput, refusal.Code)
			require.Equal(t, test.path, strings.Join(refusal.Path, " "))
		})
	}
}

func TestHalvesOfAnOrderTakeWholeUnitsTogether(t *testing.T) {
	t.Parallel()
	half := []menu.Ingredient{{ID: ham, Quantity: 1, HalfUnits: 1}}

	require.EqualValues(t, 2, State{Lines: []Line{{Quantity: 1, Ingredients: half}}}.Needs()[ham])
	require.EqualValues(t, 3, State{Lines: []Line{{Quantity: 1, Ingredients: half}, {Quantity: 1, Ingredients: half}}}.Needs()[ham])
	require.EqualValues(t, 6, State{Lines: []Line{{Quantity: 4, Ingredients: half}}}.Needs()[ham])
}
