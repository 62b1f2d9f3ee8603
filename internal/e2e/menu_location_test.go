package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// setStockAt sets what a location has of an ingredient.
func (p *person) setStockAt(ingredient, location string, onHand int) stockOutcome {
	p.Helper()
	return ask[struct{ Done stockOutcome }](p, `mutation($in: SetStockInput!) {
		done: setStock(input: $in) { ingredient { id name onHand reserved available lowThreshold } userErrors { ...refused } }
	}`+refusedFragment, vars{"in": vars{"ingredientId": ingredient, "locationId": location, "onHand": onHand}}).Done
}

// offer is what a location asks for a dish; 0 for a size that can't be had.
func (p *person) offer(id, location string) map[string]int {
	p.Helper()
	found := ask[struct {
		MenuItem struct {
			IsAvailable bool
			Prices      []struct {
				Size        string
				Price       int
				IsAvailable bool
			}
		}
	}](p, `query($id: ID!, $at: ID) { menuItem(id: $id, locationId: $at) { isAvailable prices { size price isAvailable } } }`, vars{"id": id, "at": location}).MenuItem
	offered := map[string]int{}
	some := false
	for _, price := range found.Prices {
		offered[price.Size] = 0
		if price.IsAvailable {
			offered[price.Size], some = price.Price, true
		}
	}
	require.Equal(p, some, found.IsAvailable)
	return offered
}

func TestEachLocationSellsWhatItHasAtItsOwnPrice(t *testing.T) {
	s := open(t)
	manager, customer, visitor := s.signIn("manager"), s.signIn("customer"), s.visitor()
	chicago, there := s.locationID("chicago"), manager.createLocation(tokyo()).Location.ID
	made := ask[struct{ Done stockOutcome }](manager, `mutation($in: CreateIngredientInput!) {
		done: createIngredient(input: $in) { ingredient { id name onHand reserved available lowThreshold } userErrors { ...refused } }
	}`+refusedFragment, vars{"in": vars{"idempotencyKey": "truffle", "name": "Truffle", "stock": []vars{{"locationId": chicago, "onHand": 8}, {"locationId": there, "onHand": 4}}}}).Done.Ingredient
	require.Equal(t, 12, made.OnHand, "of all locations")
	dish := manager.createItem(vars{
		"name": "Tartufo", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 2900}, {"size": "LARGE", "price": 3900}},
		"ingredients": []vars{{"ingredientId": made.ID, "quantity": 4}},
	}).Item
	s.menu["Tartufo"] = dish.ID
	require.Empty(t, manager.updateItem(vars{"id": dish.ID, "locations": []vars{{"locationId": there, "prices": []vars{{"size": "MEDIUM", "price": 3200}}}}}).UserErrors)
	now := after(customer.asOf())
	inChicago, inTokyo := visitor.connect().subscribe(watchMenuAt, now.with("at", chicago)), visitor.connect().subscribe(watchMenuAt, now.with("at", there))

	require.Equal(t, map[string]int{"MEDIUM": 2900, "LARGE": 3900}, visitor.offer(dish.ID, chicago))
	require.Equal(t, map[string]int{"MEDIUM": 3200, "LARGE": 0}, visitor.offer(dish.ID, there))
	basket := s.pickup(portion{"Tartufo", "MEDIUM", 1}).with("locationId", there).with("idempotencyKey", "last")
	wrong := customer.refused(customer.place(basket.with("expectedTotal", 2900).with("idempotencyKey", "wrong")))
	require.Equal(t, "PRICE_CHANGED", wrong.Code)
	require.EqualValues(t, 3200, wrong.Total)
	order := customer.placed(basket.with("expectedTotal", 3200))

	require.EqualValues(t, 3200, order.Totals.Total)
	require.Equal(t, map[string]int{"MEDIUM": 2900, "LARGE": 3900}, visitor.offer(dish.ID, chicago))
	require.Equal(t, map[string]int{"MEDIUM": 0, "LARGE": 0}, visitor.offer(dish.ID, there))
	change := inTokyo.nextOnMenu()
	require.Equal(t, dish.ID, change.MenuItemID)
	require.False(t, change.Item.IsAvailable)
	inTokyo.expectNothing()
	inChicago.expectNothing()
	require.Equal(t, "INSUFFICIENT_STOCK", customer.refused(customer.place(basket.with("idempotencyKey", "another"))).Code)
	customer.placed(s.pickup(portion{"Tartufo", "LARGE", 1}).with("locationId", chicago).with("idempotencyKey", "in Chicago"))

	customer.moves(order.ID, "cancelOrder")
	require.True(t, inTokyo.nextOnMenu().Item.IsAvailable)
	require.Equal(t, 5, manager.setStockAt(made.ID, there, 5).Ingredient.OnHand)
}

const watchMenuAt = `subscription($at: ID, $after: Cursor) {
	feed: menuChanged(locationId: $at, after: $after) {
		__typename
		... on MenuItemChanged { cursor menuItemId item { id name prices { size price } isAvailable version } }
		... on ResyncRequired { cursor reason }
	}
}`

func TestWhereThereAreSeveralLocationsOneIsNamed(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	manager.createLocation(tokyo())
	dish := s.menu["Margherita"]

	for _, query := range []string{
		`{ menu { id } }`, `{ currentMenu { asOf } }`, `{ menuItem(id: "` + dish + `") { id } }`, `{ ingredients { id } }`,
	} {
		require.Equal(t, "BAD_USER_INPUT", manager.do(query, nil).code(), query)
	}
	require.Contains(t, manager.connect().subscribe(watchMenuAt, nil).awaitEnd(), "BAD_USER_INPUT")
	for query, code := range map[string]string{
		`query($at: ID) { menu(locationId: $at) { id } }`: "NOT_FOUND", `query($at: ID) { currentMenu(locationId: $at) { asOf } }`: "NOT_FOUND",
	} {
		require.Equal(t, code, manager.do(query, vars{"at": dish}).code(), query)
	}
	none := ask[struct{ MenuItem *item }](manager, `query($id: ID!) { menuItem(id: $id, locationId: $id) { id } }`, vars{"id": dish})
	require.Nil(t, none.MenuItem)
}

// A hidden dish's name is nobody's to hear who may not see the dish.
func TestARefusedOrderDoesNotNameAHiddenDish(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	manager.updateItem(vars{"id": s.menu["Margherita"], "name": "Secret of the house", "isAvailable": false})

	refused := customer.refused(customer.place(s.margherita()))

	require.Equal(t, "INSUFFICIENT_STOCK", refused.Code)
	require.NotContains(t, refused.Message, "Secret")
	require.Equal(t, []string{"items", "0", "menuItemId"}, refused.Path)
}

func TestAManagerReadsWhatWasWrittenForALocation(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	chicago, dish := s.locationID("chicago"), s.menu["Margherita"]
	write := func(change vars) {
		change["locationId"] = chicago
		require.Empty(t, manager.updateItem(vars{"id": dish, "locations": []vars{change}}).UserErrors)
	}
	type otherwise struct {
		LocationID  string
		IsAvailable *bool
		Prices      []struct {
			Size  string
			Price int
		}
	}
	read := func() []otherwise {
		return ask[struct {
			MenuItem struct{ Locations []otherwise }
		}](manager,
			`query($id: ID!) { menuItem(id: $id) { locations { locationId isAvailable prices { size price } } } }`, vars{"id": dish}).MenuItem.Locations
	}

	write(vars{"isAvailable": false, "prices": []vars{{"size": "SMALL", "price": 5}}})
	write(vars{"isAvailable": true})
	require.Len(t, read(), 1)
	require.True(t, *read()[0].IsAvailable)
	require.Len(t, read()[0].Prices, 1, "what is left out stays")
	require.Equal(t, 5, visitor.offer(dish, chicago)["SMALL"])
	write(vars{"isAvailable": nil, "prices": nil})
	require.Empty(t, read(), "null is as everywhere")
	require.Equal(t, 790, visitor.offer(dish, chicago)["SMALL"])
	require.Equal(t, "UNAUTHENTICATED", visitor.do(`query($id: ID!) { menuItem(id: $id) { locations { locationId } } }`, vars{"id": dish}).code())
}

func TestANewDishIsOtherwiseAtALocationFromTheStart(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	chicago, tokyo := s.locationID("chicago"), manager.createLocation(tokyo()).Location.ID

	made := manager.createItem(vars{
		"name": "Marinara", "category": "Pizza", "prices": []vars{{"size": "SMALL", "price": 700}},
		"locations": []vars{{"locationId": chicago, "isAvailable": false}, {"locationId": tokyo, "prices": []vars{{"size": "SMALL", "price": 500}}}},
	})

	require.Empty(t, made.UserErrors)
	require.True(t, made.Item.IsAvailable, "in Tokyo")
	require.Equal(t, 500, visitor.offer(made.Item.ID, tokyo)["SMALL"])
	shown := visitor.do(`query($id: ID!, $at: ID!) { menuItem(id: $id, locationId: $at) { id } }`, vars{"id": made.Item.ID, "at": chicago})
	require.JSONEq(t, `{"menuItem": null}`, string(shown.Data), "it is hidden in Chicago")
	refused := manager.createItem(vars{
		"name": "Odd", "category": "Pizza", "prices": []vars{{"size": "SMALL", "price": 700}},
		"locations": []vars{{"locationId": chicago}, {"locationId": chicago}},
	}).UserErrors
	require.Equal(t, []string{"locations", "1", "locationId"}, refused[0].Path)
	nowhere := manager.updateItem(vars{"id": made.Item.ID, "locations": []vars{{"locationId": tokyo, "isAvailable": false}}})
	require.False(t, nowhere.Item.IsAvailable, "every location hides it")
	gone := visitor.do(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": made.Item.ID})
	require.JSONEq(t, `{"node": null}`, string(gone.Data))
}
