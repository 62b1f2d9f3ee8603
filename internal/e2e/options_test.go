package e2e_test

import (
	"crypto/rand"
	"testing"

	"github.com/stretchr/testify/require"
)

type optionGroup struct {
	ID, Name string
	Min      int
	Max      *int
	FreeUpTo int
	Halves   bool
	Options  []menuOption
	Version  int
}

type menuOption struct {
	ID, Name               string
	IsDefault, IsAvailable bool
	Allergens              []string
}

type groupOutcome struct {
	OptionGroup *optionGroup
	UserErrors  []refusal
}

const groupFragment = ` { id name min max freeUpTo halves options { id name isDefault isAvailable allergens } version }`

// createGroup makes an option group; what isn't told is left out.
func (p *person) createGroup(in vars) groupOutcome {
	p.Helper()
	return ask[struct{ Done groupOutcome }](p, `mutation($in: CreateOptionGroupInput!) {
		done: createOptionGroup(input: $in) { optionGroup`+groupFragment+` userErrors { ...refused } }
	}`+refusedFragment, vars{"in": in.with("idempotencyKey", rand.Text())}).Done
}

func (p *person) updateGroup(in vars) groupOutcome {
	p.Helper()
	return ask[struct{ Done groupOutcome }](p, `mutation($in: UpdateOptionGroupInput!) {
		done: updateOptionGroup(input: $in) { optionGroup`+groupFragment+` userErrors { ...refused } }
	}`+refusedFragment, vars{"in": in}).Done
}

// choices are the option groups of a dish, as the menu shows them.
func (p *person) choices(dish string) []optionGroup {
	p.Helper()
	for _, i := range ask[struct {
		Menu []struct {
			ID           string
			OptionGroups []optionGroup
		}
	}](p, `{ menu(includeUnavailable: true) { id prices { size price isAvailable } allergens diet halves { basePrice toppingPercent splitCharge sizes }
		optionGroups {
			id name min max freeUpTo halves light { priceBasisPoints doseBasisPoints } extra { priceBasisPoints doseBasisPoints }
			options { id name isDefault isAvailable allergens diet prices { size price isAvailable } }
		}
	} }`, nil).Menu {
		if i.ID == dish {
			return i.OptionGroups
		}
	}
	return nil
}

func TestWhoeverHasTheMenuOpenIsToldOfOptions(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	cheese := manager.createIngredient("Vegan cheese", 10).Ingredient.ID
	extras := manager.createGroup(vars{"name": "Extras", "max": 3, "options": []vars{
		{"name": "Vegan cheese", "ingredientId": cheese, "allergens": []string{"SOYA"}, "prices": []vars{{"size": "MEDIUM", "price": 150, "dose": 10}}},
	}})
	require.Empty(t, extras.UserErrors)
	group := extras.OptionGroup
	made := manager.createItem(vars{
		"name": "Pinsa", "category": "Pinsa", "prices": []vars{{"size": "MEDIUM", "price": 1100}}, "optionGroups": []vars{{"optionGroupId": group.ID}},
		"halves": vars{"sizes": []string{"MEDIUM"}},
	}).Item
	watching := visitor.connect().subscribe(watchMenu, after(manager.asOf()))

	manager.setStock(cheese, 9)
	require.Equal(t, made.ID, watching.nextOnMenu().MenuItemID)
	require.False(t, visitor.choices(made.ID)[0].Options[0].IsAvailable)
	renamed := manager.updateGroup(vars{"id": group.ID, "expectedVersion": 1, "name": "Toppings", "max": nil})
	require.Empty(t, renamed.UserErrors)
	require.Equal(t, made.ID, watching.nextOnMenu().MenuItemID)
	watching.expectNothing()

	shown := visitor.choices(made.ID)[0]
	require.Equal(t, "Toppings", shown.Name)
	require.Nil(t, shown.Max)
	require.Equal(t, []string{"SOYA"}, shown.Options[0].Allergens)
	require.Equal(t, "VersionConflictError", manager.updateGroup(vars{"id": group.ID, "expectedVersion": 1, "min": 1}).UserErrors[0].Type)
	require.Equal(t, []string{"OptionGroup", "MenuOption"}, visitor.nodes(group.ID, shown.Options[0].ID))
	require.Equal(t, []string{"MANAGER Mario Manager: OPTION_GROUP CHANGED max: 3 > - name: Extras > Toppings"},
		manager.audit(vars{"f": vars{"entity": "OPTION_GROUP"}, "first": 1}).did())
}
