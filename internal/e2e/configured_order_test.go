package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// option finds an option of a dish by its name.
func (s *shop) option(dish, name string) string {
	s.Helper()
	for _, g := range s.visitor().choices(s.menu[dish]) {
		for _, o := range g.Options {
			if o.Name == name {
				return o.ID
			}
		}
	}
	s.Fatalf("%s has no %s", dish, name)
	return ""
}

// configured is one portion of a dish with choices, and perhaps another dish on the second half.
func (s *shop) configured(dish, size string, options []vars, secondHalf vars) basket {
	s.Helper()
	item := vars{"menuItemId": s.menu[dish], "size": size, "quantity": 1, "options": options}
	if secondHalf != nil {
		item["secondHalf"] = secondHalf
	}
	return s.pickup(portion{dish, size, 1}).with("items", []vars{item})
}

func TestHalfAndHalfIsOrderedAsItIsConfigured(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	dish, other := "Devil's Doorbell", "Grandmother's Garden"
	before := manager.stock()

	placed := customer.placed(s.configured(dish, "MEDIUM",
		[]vars{
			{"optionId": s.option(dish, "Thin and crisp")},
			{"optionId": s.option(dish, "Parmesan"), "portion": "FIRST", "amount": "EXTRA"},
		},
		vars{"menuItemId": s.menu[other], "options": []vars{{"optionId": s.option(other, "Red onions"), "amount": "NONE"}}},
	))

	line := placed.Items[0]
	require.Equal(t, dish, line.Name)
	var told []string
	for _, o := range line.Options {
		told = append(told, o.GroupName+": "+o.Name+" "+o.Portion+" "+o.Amount)
	}
	require.Equal(t, []string{"Crust: Thin and crisp WHOLE REGULAR", "Comes with: Chilli FIRST REGULAR", "Extra toppings: Parmesan FIRST EXTRA"}, told)
	require.Equal(t, other, line.SecondHalf.Name)
	require.Equal(t, []orderOption{{s.option(other, "Red onions"), "Comes with", "Red onions", "SECOND", "NONE", true}}, line.SecondHalf.Options)
	require.Equal(t, []string{"GLUTEN", "MILK"}, line.Allergens)
	require.EqualValues(t, 1190+100+158, line.UnitPrice, "the dearer, the split, and half of 1.75 times 1.80, rounded half up")
	after := manager.stock()
	took := func(name string) int { return after[name].Reserved - before[name].Reserved }
	require.Equal(t, []int{250, 105, 35, 2, 16, 0, 25}, []int{
		took("Pizza dough (g)"), took("Mozzarella (g)"), took("Spicy salami (g)"), took("Chilli (g)"), took("Parmesan (g)"), took("Red onions (g)"), took("Roasted peppers (g)"),
	})
	require.Equal(t, placed.Items, customer.order(placed.ID).Items)
}

func TestWhatCannotBeConfiguredIsRefusedAtItsPlace(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	dish := "Margherita"
	crust := s.option(dish, "Thin and crisp")

	onHalf := customer.refused(customer.place(s.configured(dish, "MEDIUM", []vars{{"optionId": crust, "portion": "FIRST"}}, nil)))
	require.Equal(t, "InvalidInputError", onHalf.Type)
	require.Equal(t, []string{"items", "0", "options", "0", "portion"}, onHalf.Path)
	small := customer.refused(customer.place(s.configured(dish, "SMALL", []vars{}, vars{"menuItemId": s.menu["Marinara"]})))
	require.Equal(t, []string{"items", "0", "options"}, small.Path)
	salad := customer.refused(customer.place(s.configured(dish, "MEDIUM", []vars{}, vars{"menuItemId": s.menu["House Salad"]})))
	require.Equal(t, []string{"items", "0", "secondHalf", "size"}, salad.Path)
	same := customer.placed(s.configured(dish, "SMALL", []vars{}, vars{"menuItemId": s.menu[dish]}))
	require.Nil(t, same.Items[0].SecondHalf, "the same on both halves is the whole")
	require.EqualValues(t, 790, same.Items[0].UnitPrice)
}
