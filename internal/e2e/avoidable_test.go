package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADishTellsWhichAllergensItCanBeWithout(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	without := func(name string) []string {
		for _, d := range ask[struct {
			Menu []struct {
				Name         string
				CanBeWithout []string
			}
		}](visitor, `{ menu { name canBeWithout } }`, nil).Menu {
			if d.Name == name {
				return d.CanBeWithout
			}
		}
		return nil
	}
	group := manager.createGroup(vars{"name": "Comes with", "options": []vars{
		{"name": "Cream", "isDefault": true, "allergens": []string{"MILK"}, "prices": []vars{{"size": "MEDIUM", "price": 0}}},
		{"name": "Walnuts", "isDefault": true, "allergens": []string{"NUTS"}, "prices": []vars{{"size": "MEDIUM", "price": 0}}},
	}}).OptionGroup
	require.Empty(t, manager.createItem(vars{
		"name": "Pinsa", "category": "Pinsa", "prices": []vars{{"size": "MEDIUM", "price": 1100}}, "allergens": []string{"GLUTEN"},
		"optionGroups": []vars{{"optionGroupId": group.ID}},
	}).UserErrors)

	require.Equal(t, []string{"MILK", "NUTS"}, without("Pinsa"))

	require.Empty(t, manager.updateGroup(vars{"id": group.ID, "min": 1}).UserErrors)
	require.Equal(t, []string{"MILK"}, without("Pinsa"), "one of the two has to be chosen")
}
