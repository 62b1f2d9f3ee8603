package e2e_test

import (
	"crypto/rand"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// itemOutcome is a MenuItemPayload, stockOutcome an IngredientPayload.
type itemOutcome struct {
	Item       *item `json:"menuItem"`
	UserErrors []refusal
}

type stockOutcome struct {
	Ingredient *ingredient
	UserErrors []refusal
}

const itemFields = `{
	menuItem { id name description category prices { size price } allergens isAvailable version } userErrors { ...refused }
} }` + refusedFragment

func (p *person) createItem(v vars) itemOutcome {
	p.Helper()
	if v["idempotencyKey"] == nil {
		v["idempotencyKey"] = rand.Text()
	}
	return ask[struct{ Done itemOutcome }](p, `mutation($in: CreateMenuItemInput!) { done: createMenuItem(input: $in) `+itemFields, vars{"in": v}).Done
}

func (p *person) updateItem(v vars) itemOutcome {
	p.Helper()
	return ask[struct{ Done itemOutcome }](p, `mutation($in: UpdateMenuItemInput!) { done: updateMenuItem(input: $in) `+itemFields, vars{"in": v}).Done
}

func (p *person) archiveItem(v vars) itemOutcome {
	p.Helper()
	return ask[struct{ Done itemOutcome }](p, `mutation($in: ArchiveMenuItemInput!) { done: archiveMenuItem(input: $in) `+itemFields, vars{"in": v}).Done
}

func (p *person) createIngredient(name string, onHand int) stockOutcome {
	p.Helper()
	return ask[struct{ Done stockOutcome }](p, `mutation($key: String!, $name: String!, $onHand: Int!) {
		done: createIngredient(input: {idempotencyKey: $key, name: $name, stock: [{onHand: $onHand}], lowThreshold: 3}) {
			ingredient { id name onHand reserved available lowThreshold } userErrors { ...refused }
		}
	}`+refusedFragment, vars{"key": rand.Text(), "name": name, "onHand": onHand}).Done
}

func (p *person) setStock(id string, onHand int) stockOutcome {
	p.Helper()
	return ask[struct{ Done stockOutcome }](p, `mutation($id: ID!, $onHand: Int!) {
		done: setStock(input: {ingredientId: $id, onHand: $onHand}) {
			ingredient { id name onHand reserved available lowThreshold } userErrors { ...refused }
		}
	}`+refusedFragment, vars{"id": id, "onHand": onHand}).Done
}

// onMenu returns the names in a category of the menu, including unavailable items if all is set.
func (p *person) onMenu(category string, all bool) []string {
	p.Helper()
	names := []string{}
	for _, i := range ask[struct{ Menu []item }](p, `query($category: String, $all: Boolean!) {
		menu(category: $category, includeUnavailable: $all) { name }
	}`, vars{"category": category, "all": all}).Menu {
		names = append(names, i.Name)
	}
	return names
}

func TestTheManagerChangesTheMenu(t *testing.T) {
	s := open(t)
	manager, visitor, customer := s.signIn("manager"), s.visitor(), s.signIn("customer")

	made := manager.createItem(vars{
		"name": " Truffle Dream ", "category": "Specials", "allergens": []string{"MILK"},
		"prices": []vars{{"size": "LARGE", "price": 2100}, {"size": "SMALL", "price": 1200}},
	})

	require.Empty(t, made.UserErrors)
	dream := made.Item
	require.Equal(t, item{
		ID: dream.ID, Name: "Truffle Dream", Category: "Specials", Prices: []price{{"SMALL", 1200}, {"LARGE", 2100}},
		Allergens: []string{"MILK"}, IsAvailable: true, Version: 1,
	}, *dream)
	require.Equal(t, []string{"Truffle Dream"}, visitor.onMenu("Specials", false))
	s.menu["Truffle Dream"] = dream.ID
	kept := customer.placed(s.pickup(portion{"Truffle Dream", "SMALL", 1}))

	cheaper := manager.updateItem(vars{"id": dream.ID, "expectedVersion": 1, "name": "Truffle", "prices": []vars{{"size": "SMALL", "price": 900}}})
	require.Equal(t, 2, cheaper.Item.Version)
	require.Equal(t, []price{{"SMALL", 900}}, cheaper.Item.Prices)
	require.Equal(t, "Specials", cheaper.Item.Category, "what is left out stays")
	stale := manager.updateItem(vars{"id": dream.ID, "expectedVersion": 1, "name": "Lost"})
	require.Nil(t, stale.Item)
	require.Equal(t, "VersionConflictError", stale.UserErrors[0].Type)
	require.Equal(t, 2, stale.UserErrors[0].CurrentVersion)
	require.Equal(t, "Truffle Dream", customer.order(kept.ID).Items[0].Name, "orders keep what was seen")
	require.EqualValues(t, 900, customer.placed(s.pickup(portion{"Truffle Dream", "SMALL", 1})).Totals.Subtotal)

	off := manager.updateItem(vars{"id": dream.ID, "isAvailable": false})
	require.False(t, off.Item.IsAvailable)
	require.Empty(t, visitor.onMenu("Specials", false))
	require.Empty(t, visitor.onMenu("Specials", true))
	require.Equal(t, []string{"Truffle"}, manager.onMenu("Specials", true))
	unavailable := customer.refused(customer.place(s.pickup(portion{"Truffle Dream", "SMALL", 1})))
	require.Equal(t, "InsufficientStockError", unavailable.Type)
	require.Equal(t, []string{dream.ID}, unavailable.MenuItemIDs)

	gone := manager.archiveItem(vars{"id": dream.ID, "expectedVersion": 3})
	require.Empty(t, gone.UserErrors)
	require.Nil(t, gone.Item)
	require.Empty(t, visitor.onMenu("Specials", true))
	none := ask[map[string]any](visitor, `query($id: ID!) { menuItem(id: $id) { id } node(id: $id) { id } }`, vars{"id": dream.ID})
	require.Equal(t, map[string]any{"menuItem": nil, "node": nil}, none)
	unknown := customer.refused(customer.place(s.pickup(portion{"Truffle Dream", "SMALL", 1})))
	require.Equal(t, "InvalidInputError", unknown.Type)
	require.Equal(t, []string{"items", "0", "menuItemId"}, unknown.Path)
	require.Equal(t, "NotFoundError", manager.updateItem(vars{"id": dream.ID, "name": "Back"}).UserErrors[0].Type)
	require.Equal(t, "NotFoundError", manager.archiveItem(vars{"id": uuid.NewString()}).UserErrors[0].Type)
}

func TestADishIsAvailableAsLongAsItsStockLasts(t *testing.T) {
	s := open(t)
	manager, visitor, customer := s.signIn("manager"), s.visitor(), s.signIn("customer")
	saffron := manager.createIngredient("Saffron", 5).Ingredient
	require.Equal(t, ingredient{ID: saffron.ID, Name: "Saffron", OnHand: 5, Available: 5, LowThreshold: 3}, *saffron)
	taken := manager.createIngredient("SAFFRON", 1)
	require.Equal(t, "ALREADY_EXISTS", taken.UserErrors[0].Code)
	dish := manager.createItem(vars{
		"name": "Risotto", "category": "Specials", "prices": []vars{{"size": "ONE_SIZE", "price": 1500}},
		"ingredients": []vars{{"ingredientId": saffron.ID, "quantity": 2}},
	}).Item
	s.menu["Risotto"] = dish.ID

	first := customer.placed(s.pickup(portion{"Risotto", "ONE_SIZE", 1}))
	short := customer.refused(customer.place(s.pickup(portion{"Margherita", "SMALL", 1}, portion{"Risotto", "ONE_SIZE", 2})))
	require.Equal(t, "InsufficientStockError", short.Type)
	require.Equal(t, []string{dish.ID}, short.MenuItemIDs, "the one that can't be made")
	require.Equal(t, []string{"Risotto"}, visitor.onMenu("Specials", false))
	customer.placed(s.pickup(portion{"Risotto", "ONE_SIZE", 1}))

	require.Empty(t, visitor.onMenu("Specials", false), "one unit is left of two needed")
	require.Equal(t, []string{"Risotto"}, visitor.onMenu("Specials", true))
	require.Equal(t, 1, manager.stock()["Saffron"].Available)
	below := manager.setStock(saffron.ID, 3)
	require.Nil(t, below.Ingredient)
	require.Equal(t, "InvalidInputError", below.UserErrors[0].Type, "4 are promised")
	require.Equal(t, []string{"onHand"}, below.UserErrors[0].Path)
	require.Equal(t, 6, manager.setStock(saffron.ID, 6).Ingredient.OnHand)
	require.Equal(t, []string{"Risotto"}, visitor.onMenu("Specials", false))
	manager.setStock(saffron.ID, 4)
	require.Empty(t, visitor.onMenu("Specials", false))

	customer.moves(first.ID, "cancelOrder")
	require.Equal(t, []string{"Risotto"}, visitor.onMenu("Specials", false), "a cancelled order gives back")
	require.Equal(t, "NotFoundError", manager.setStock(uuid.NewString(), 1).UserErrors[0].Type)
	require.Equal(t, "InvalidInputError", manager.setStock(saffron.ID, -1).UserErrors[0].Type)
}

func TestMenuInputIsChecked(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	good := vars{"name": "X", "category": "Y", "prices": []vars{{"size": "ONE_SIZE", "price": 1}}}
	for name, c := range map[string]struct {
		field string
		value any
		path  []string
	}{
		"blank name":       {"name", "  ", []string{"name"}},
		"unprintable name": {"name", "a\x00b", []string{"name"}},
		"no prices":        {"prices", []vars{}, []string{"prices"}},
		"negative price":   {"prices", []vars{{"size": "SMALL", "price": -1}}, []string{"prices", "0", "price"}},
		"size twice":       {"prices", []vars{{"size": "SMALL", "price": 1}, {"size": "SMALL", "price": 2}}, []string{"prices", "1", "size"}},
		"unknown stock":    {"ingredients", []vars{{"ingredientId": uuid.NewString(), "quantity": 1}}, []string{"ingredients", "0", "ingredientId"}},
		"no quantity":      {"ingredients", []vars{{"ingredientId": uuid.NewString(), "quantity": 0}}, []string{"ingredients", "0", "quantity"}},
		"slow kitchen":     {"preparationMinutes", 241, []string{"preparationMinutes"}},
	} {
		refused := manager.createItem(vars(basket(good).with(c.field, c.value)))
		require.Nil(t, refused.Item, name)
		require.Len(t, refused.UserErrors, 1, name)
		require.Equal(t, "BAD_USER_INPUT", refused.UserErrors[0].Code, name)
		require.Equal(t, c.path, refused.UserErrors[0].Path, name)
	}
	require.Empty(t, s.visitor().onMenu("Y", true))
	require.Empty(t, s.visitor().onMenu("\x00", true), "no such category")
}
