package e2e_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// menuChange is one item of the menu's feed.
type menuChange struct {
	Type       string `json:"__typename"`
	Cursor     string
	MenuItemID string
	Item       *item
}

const watchMenu = `subscription($after: Cursor, $mode: DeliveryMode! = EVERY) {
	feed: menuChanged(after: $after, mode: $mode) {
		__typename
		... on MenuItemChanged { cursor menuItemId item { id name prices { size price } isAvailable version } }
		... on ResyncRequired { cursor reason }
	}
}`

// nextOnMenu returns the next item of a menu's feed.
func (f *feed) nextOnMenu() menuChange {
	f.Helper()
	var result struct{ Feed menuChange }
	require.NoError(f, json.Unmarshal([]byte(f.nextRaw()), &result))
	require.Equal(f, "MenuItemChanged", result.Feed.Type)
	return result.Feed
}

func TestMenuSubscribersSeeEveryChange(t *testing.T) {
	s := open(t)
	visitor, manager := s.visitor(), s.signIn("manager")
	truffle := manager.createIngredient("Truffle", 1).Ingredient.ID
	before := ask[struct {
		CurrentMenu struct {
			AsOf  string
			Items []item
		}
	}](visitor, `{ currentMenu { asOf items(category: "Pizza") { id name isAvailable version } } }`, nil).CurrentMenu
	require.Len(t, before.Items, len(visitor.onMenu("Pizza", false)))
	watching := visitor.connect().subscribe(watchMenu, after(before.AsOf))

	created := manager.createItem(vars{
		"name": "Tartufo", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 2900}},
		"ingredients": []vars{{"ingredientId": truffle, "quantity": 1}},
	}).Item
	first := watching.nextOnMenu()
	require.Equal(t, created.ID, first.MenuItemID)
	require.True(t, first.Item.IsAvailable)
	// Somebody else's order takes the last one.
	s.menu["Tartufo"] = created.ID
	customer := s.signIn("customer")
	ordered := customer.placed(s.pickup(portion{"Tartufo", "MEDIUM", 1}))
	soldOut := watching.nextOnMenu()
	require.Equal(t, created.ID, soldOut.MenuItemID)
	require.False(t, soldOut.Item.IsAvailable)
	require.Equal(t, 1, soldOut.Item.Version, "a manager's expectedVersion is as good as before")
	customer.moves(ordered.ID, "cancelOrder")
	require.True(t, watching.nextOnMenu().Item.IsAvailable)
	manager.updateItem(vars{"id": created.ID, "expectedVersion": 1, "name": "Tartufo nero"})
	require.Equal(t, "Tartufo nero", watching.nextOnMenu().Item.Name)
	manager.archiveItem(vars{"id": created.ID})
	gone := watching.nextOnMenu()
	require.Equal(t, created.ID, gone.MenuItemID)
	require.Nil(t, gone.Item)
	watching.expectNothing()

	back, ids := visitor.eventStream(watchMenu, nil, soldOut.Cursor)
	for range 3 {
		change := back.nextOnMenu()
		require.Equal(t, created.ID, change.MenuItemID)
		require.Nil(t, change.Item, "as it is now")
		require.Equal(t, change.Cursor, <-ids)
	}
	back.expectNothing()
	latest := visitor.connect().subscribe(watchMenu, after(before.AsOf).and("mode", "LATEST"))
	newest := latest.nextOnMenu()
	require.Equal(t, created.ID, newest.MenuItemID)
	require.Nil(t, newest.Item)
	latest.expectNothing()
	require.Contains(t, visitor.connect().subscribe(watchMenu, after("nonsense")).awaitEnd(), "BAD_USER_INPUT")
}
