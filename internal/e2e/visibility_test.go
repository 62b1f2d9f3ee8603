package e2e_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// sees tells whether the person can read an item. All ways to read one must agree.
func (p *person) sees(id string) bool {
	p.Helper()
	type found struct{ ID string }
	all := ask[struct {
		MenuItem, Node *found
		Nodes          []*found
		Menu           []found
		CurrentMenu    struct{ Items []found }
	}](p, `query($id: ID!) {
		menuItem(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id }
		menu(includeUnavailable: true) { id } currentMenu { items(includeUnavailable: true) { id } }
	}`, vars{"id": id})
	is := func(f found) bool { return f.ID == id }
	ways := []bool{
		all.MenuItem != nil, all.Node != nil, all.Nodes[0] != nil, slices.ContainsFunc(all.Menu, is), slices.ContainsFunc(all.CurrentMenu.Items, is),
	}
	require.NotContains(p, ways, !ways[0], "by one way, and not by another: %v", ways)
	return ways[0]
}

// lastChange is what the menu's feed shows of the item's newest change since a cursor; nil if it shows none.
func (p *person) lastChange(cursor string) *item {
	p.Helper()
	f, _ := p.eventStream(watchMenu, after(cursor).and("mode", "LATEST"), "")
	defer f.cancel()
	return f.nextOnMenu().Item
}

func TestWhatTheManagerHidIsHiddenFromCustomers(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	dish := s.menu["Margherita"]
	people := map[*person]bool{s.visitor(): false, s.signIn("customer"): false, s.signIn("cook"): true, s.signIn("driver"): true, manager: true}
	for p := range people {
		require.True(t, p.sees(dish))
	}
	before := manager.asOf()

	hidden := manager.updateItem(vars{"id": dish, "isAvailable": false})

	require.Empty(t, hidden.UserErrors)
	require.NotNil(t, hidden.Item, "the manager who hid it sees it")
	require.Equal(t, 2, hidden.Item.Version)
	for p, staff := range people {
		require.Equal(t, staff, p.sees(dish))
		require.Equal(t, staff, p.lastChange(before) != nil)
	}
	require.Empty(t, manager.updateItem(vars{"id": dish, "isAvailable": true}).UserErrors)
	for p := range people {
		require.True(t, p.sees(dish))
		require.NotNil(t, p.lastChange(before))
	}
}

// What is sold out can't be ordered, but everybody may know of it.
func TestWhatIsSoldOutIsNotHidden(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	truffle := manager.createIngredient("Truffle", 0).Ingredient.ID
	made := manager.createItem(vars{
		"name": "Tartufo", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 2900}},
		"ingredients": []vars{{"ingredientId": truffle, "quantity": 1}},
	}).Item

	require.False(t, made.IsAvailable)
	require.True(t, s.visitor().sees(made.ID))
}

func TestWhatIsArchivedIsForManagers(t *testing.T) {
	s := open(t)
	manager, cook := s.signIn("manager"), s.signIn("cook")
	first, second := s.menu["Margherita"], s.menu["Cola"]
	before := manager.asOf()
	for _, id := range []string{first, second} {
		require.Empty(t, manager.archiveItem(vars{"id": id}).UserErrors)
	}
	const one = `query($id: ID!) { menuItem(id: $id) { id name prices { price } recipe { name } archivedAt isAvailable isHidden } node(id: $id) { id } nodes(ids: [$id]) { id } }`
	type archived struct {
		ID, Name              string
		ArchivedAt            *string
		IsAvailable, IsHidden bool
		Recipe                []struct{ Name string }
	}
	const list = `query($first: Int! = 50, $before: DateTime) { archivedMenuItems(first: $first, before: $before) { id name archivedAt } }`

	read := ask[struct{ MenuItem, Node *archived }](manager, one, vars{"id": first})
	require.Equal(t, "Margherita", read.MenuItem.Name)
	require.NotNil(t, read.MenuItem.ArchivedAt)
	require.NotEmpty(t, read.MenuItem.Recipe)
	require.False(t, read.MenuItem.IsAvailable)
	require.False(t, read.MenuItem.IsHidden)
	require.Equal(t, first, read.Node.ID)
	newest := ask[struct{ ArchivedMenuItems []archived }](manager, list, vars{"first": 1}).ArchivedMenuItems
	require.Len(t, newest, 1)
	require.Equal(t, second, newest[0].ID)
	rest := ask[struct{ ArchivedMenuItems []archived }](manager, list, vars{"before": newest[0].ArchivedAt}).ArchivedMenuItems
	require.Len(t, rest, 1)
	require.Equal(t, first, rest[0].ID)
	require.Equal(t, "FORBIDDEN", cook.do(list, nil).code())
	for _, p := range []*person{s.visitor(), s.signIn("customer"), cook} {
		require.False(t, p.sees(first))
	}
	require.Nil(t, manager.lastChange(before))
	require.Equal(t, "NOT_FOUND", manager.updateItem(vars{"id": first, "name": "Again"}).UserErrors[0].Code)
}

func TestSalesAreForManagers(t *testing.T) {
	s := open(t)
	customer, cook, manager := s.signIn("customer"), s.signIn("cook"), s.signIn("manager")
	s.sell(customer, cook, portion{"Margherita", "MEDIUM", 3})
	s.sell(customer, cook, portion{"Devil's Doorbell", "MEDIUM", 1})
	asked := func(p *person) string {
		return string(p.do(`{ popularPizzas(period: TODAY) { name quantity revenue } }`, nil).Data)
	}

	const names = `{"popularPizzas":[{"name":"Margherita","quantity":null,"revenue":null},{"name":"Devil's Doorbell","quantity":null,"revenue":null}]}`
	for _, p := range []*person{s.visitor(), customer, cook} {
		require.JSONEq(t, names, asked(p))
	}
	require.JSONEq(t, `{"popularPizzas":[{"name":"Margherita","quantity":3,"revenue":2970},{"name":"Devil's Doorbell","quantity":1,"revenue":1190}]}`, asked(manager))

	// What customers don't find on the menu isn't popular with them either.
	manager.updateItem(vars{"id": s.menu["Margherita"], "isAvailable": false})
	require.NotContains(t, asked(customer), "Margherita")
	require.Contains(t, asked(cook), "Margherita")
	manager.archiveItem(vars{"id": s.menu["Margherita"]})
	require.NotContains(t, asked(s.visitor()), "Margherita")
	require.Contains(t, asked(manager), "Margherita")
}

// sell places an order and hands it over.
func (s *shop) sell(customer, cook *person, portions ...portion) {
	s.Helper()
	cook.moves(customer.placed(s.pickup(portions...)).ID, "startPreparingOrder", "markOrderReady", "completeOrder")
}

func TestEditorsReadAllOfAnItem(t *testing.T) {
	s := open(t)
	manager, cook := s.signIn("manager"), s.signIn("cook")
	flour, salt := manager.createIngredient("Rye flour", 900).Ingredient.ID, manager.createIngredient("Black salt", 900).Ingredient.ID
	made := manager.createItem(vars{
		"name": "Bread", "category": "Sides", "prices": []vars{{"size": "ONE_SIZE", "price": 400}}, "preparationMinutes": 35,
		"ingredients": []vars{{"ingredientId": flour, "quantity": 300}, {"ingredientId": salt, "quantity": 6}},
	}).Item
	whole := fmt.Sprintf(`{ menuItem(id: %q) { preparationMinutes isHidden recipe { ingredientId name quantity } } }`, made.ID)
	expected := fmt.Sprintf(`{"menuItem":{"preparationMinutes":35,"isHidden":false,"recipe":[`+
		`{"ingredientId":%q,"name":"Black salt","quantity":6},{"ingredientId":%q,"name":"Rye flour","quantity":300}]}}`, salt, flour)

	require.Equal(t, expected, string(manager.do(whole, nil).Data))
	require.Equal(t, expected, string(cook.do(whole, nil).Data))
	require.Equal(t, "FORBIDDEN", s.signIn("customer").do(whole, nil).code())
	require.Equal(t, "UNAUTHENTICATED", s.visitor().do(whole, nil).code())

	// All of a list at once.
	list := ask[struct {
		Menu []struct {
			Name   string
			Recipe []struct{ Name string }
		}
	}](cook, `{ menu(includeUnavailable: true) { name recipe { name } } }`, nil).Menu
	require.Len(t, list, len(s.menu)+1)
	for _, item := range list {
		if item.Name == "Margherita" {
			require.NotEmpty(t, item.Recipe)
		}
	}
}

func TestAnUpdateTellsNullFromAbsentAndNothingFromSomething(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	dish := s.menu["Margherita"]
	const fields = `{ id name description category prices { size price } allergens: declaredAllergens preparationMinutes isHidden recipe { ingredientId quantity } version }`
	type editable struct {
		ID, Name, Description, Category string
		Prices, Recipe                  []vars
		Allergens                       []string
		PreparationMinutes, Version     int
		IsHidden                        bool
	}
	read := func() editable {
		return ask[struct{ MenuItem editable }](manager, `query($id: ID!) { menuItem(id: $id) `+fields+` }`, vars{"id": dish}).MenuItem
	}
	before, cursor := read(), manager.asOf()

	// Exactly what was read, in another order too, written again.
	slices.Reverse(before.Prices)
	slices.Reverse(before.Recipe)
	for _, same := range []vars{
		{"id": dish},
		{"id": dish, "expectedVersion": before.Version},
		{"id": dish, "name": "  Margherita "},
		{
			"id": dish, "name": before.Name, "description": before.Description, "category": before.Category, "prices": before.Prices, "allergens": before.Allergens,
			"ingredients": before.Recipe, "preparationMinutes": before.PreparationMinutes, "isAvailable": !before.IsHidden,
		},
	} {
		done := manager.updateItem(same)
		require.Empty(t, done.UserErrors)
		require.Equal(t, before.Version, done.Item.Version, "%v", same)
	}
	feed := manager.connect().subscribe(watchMenu, after(cursor))
	for field := range map[string]bool{
		"name": true, "description": true, "category": true, "prices": true, "allergens": true, "ingredients": true, "preparationMinutes": true, "isAvailable": true,
	} {
		refused := manager.do(`mutation($in: UpdateMenuItemInput!) { updateMenuItem(input: $in) { menuItem { id } } }`, vars{"in": vars{"id": dish, field: nil}})
		require.Equal(t, "BAD_USER_INPUT", refused.code(), field)
		require.Contains(t, refused.body, `"argument":["input","`+field+`"]`, "the playground is on")
		literally := manager.do(fmt.Sprintf(`mutation { updateMenuItem(input: {id: %q, %s: null}) { menuItem { id } } }`, dish, field), nil)
		require.Equal(t, "BAD_USER_INPUT", literally.code(), field)
	}
	require.Equal(t, before.Version, read().Version)

	require.Equal(t, before.Version+1, manager.updateItem(vars{"id": dish, "description": ""}).Item.Version)
	require.Equal(t, before.Version+1, feed.nextOnMenu().Item.Version, "the first change that was told")
	feed.expectNothing()
}

func TestInputWithoutMeaningIsRefused(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	address := vars{"street": "1 Oven Lane", "city": "Naples", "postalCode": "80100"}

	require.Equal(t, []string{"deliveryAddress"}, customer.refused(customer.place(s.margherita().with("deliveryAddress", address))).Path)
	require.Equal(t, []string{"paymentToken"}, customer.refused(customer.place(s.margherita().with("paymentToken", "tok_ok"))).Path)
	customer.placed(s.margherita().with("deliveryAddress", nil).with("paymentToken", nil))
}

func TestCustomersReadTheirPhone(t *testing.T) {
	s := open(t)
	viewer := func(p *person) string { return string(p.do(`{ viewer { name phone } }`, nil).Data) }

	require.JSONEq(t, `{"viewer": {"name": "giulia", "phone": "+1 555 0100"}}`, viewer(s.signUp("giulia")))
	require.JSONEq(t, `{"viewer": null}`, viewer(s.visitor()))
	var known struct{ Viewer struct{ Phone *string } }
	require.NoError(t, json.Unmarshal([]byte(viewer(s.signIn("cook"))), &known))
}
