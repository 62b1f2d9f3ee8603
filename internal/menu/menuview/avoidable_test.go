package menuview

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
)

func TestAllergensThatAChoiceOfOptionsAvoids(t *testing.T) {
	t.Parallel()
	const milk, nuts, gluten = inventory.Milk, inventory.Nuts, inventory.Gluten
	option := func(isLeft bool, has ...inventory.Allergen) Option {
		return Option{Prices: []Price{{Size: menu.Medium, IsAvailable: isLeft}}, Allergens: has}
	}
	for name, c := range map[string]struct {
		has    []inventory.Allergen
		groups []OptionGroup
		want   []inventory.Allergen
	}{
		"what comes with it can be left out":           {[]inventory.Allergen{milk}, []OptionGroup{{Options: []Option{option(true, milk)}}}, []inventory.Allergen{milk}},
		"what is in the dough can't":                   {[]inventory.Allergen{gluten, milk}, []OptionGroup{{Options: []Option{option(true, gluten, milk)}}}, []inventory.Allergen{milk}},
		"one has to be chosen, and there is another":   {[]inventory.Allergen{milk}, []OptionGroup{{Min: 1, Options: []Option{option(true, milk), option(true)}}}, []inventory.Allergen{milk}},
		"the other one is sold out":                    {[]inventory.Allergen{milk}, []OptionGroup{{Min: 1, Options: []Option{option(true, milk), option(false)}}}, []inventory.Allergen{}},
		"two have to be chosen, and one has none":      {[]inventory.Allergen{milk}, []OptionGroup{{Min: 2, Options: []Option{option(true, milk), option(true)}}}, []inventory.Allergen{}},
		"in another group there is nothing without it": {[]inventory.Allergen{milk}, []OptionGroup{{}, {Min: 1, Options: []Option{option(true, milk)}}}, []inventory.Allergen{}},
		"without each of two, but not without both": {
			[]inventory.Allergen{milk, nuts}, []OptionGroup{{Min: 1, Options: []Option{option(true, milk), option(true, nuts)}}}, []inventory.Allergen{milk},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dish := MenuItem{Allergens: c.has, Prices: []Price{{Size: menu.Medium}}, OptionGroups: c.groups}

			require.Equal(t, c.want, dish.avoidable([]inventory.Allergen{gluten}))
		})
	}
}
