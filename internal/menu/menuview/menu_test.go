package menuview_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
)

func TestMenuIsSortedByCourse(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "EUR")
	for _, item := range [][2]string{
		{"Drinks", "Cola"},
		{"Pizza", "marinara"},
		{"Zuppe", "Ribollita"},
		{"Pizza", "Margherita"},
		{"Sides", "Bread"},
		{"Antipasti", "Olives"},
		{"Desserts", "Gelato"},
		{"Salads", "House"},
	} {
		add(t, db, item[0], item[1], true)
	}

	require.Equal(t,
		[]string{"House", "Margherita", "marinara", "Bread", "Gelato", "Cola", "Olives", "Ribollita"},
		names(t, db, menuview.Menu{}))
}

func TestMenuFiltersByCategoryAndAvailability(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "EUR")
	add(t, db, "Pizza", "Margherita", true)
	add(t, db, "Pizza", "Off", false)
	add(t, db, "Drinks", "Cola", true)

	require.Equal(t, []string{"Margherita", "Cola"}, names(t, db, menuview.Menu{}))
	require.Equal(t, []string{"Margherita", "Cola"}, names(t, db, menuview.Menu{By: cook}))
	require.Equal(t, []string{"Margherita", "Off", "Cola"}, names(t, db, menuview.Menu{By: cook, IncludeUnavailable: true}))
	require.Equal(t, []string{"Margherita", "Cola"}, names(t, db, menuview.Menu{IncludeUnavailable: true}), "what is hidden is hidden")
	require.Equal(t, []string{"Margherita"}, names(t, db, menuview.Menu{Category: new("Pizza")}))
	require.Equal(t, []string{"Margherita", "Off"}, names(t, db, menuview.Menu{By: cook, Category: new("Pizza"), IncludeUnavailable: true}))
	require.Empty(t, names(t, db, menuview.Menu{Category: new("pizza")}))
}

func TestItemByIDShowsAllOfIt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	at := db.AddLocation(t, "EUR")
	id := add(t, db, "Pizza", "Off", false)
	handler := menuview.ItemByIDHandler{Pool: db.Pool}

	item, err := handler.Handle(t.Context(), menuview.ItemByID{By: cook, ID: id, LocationID: at})
	require.NoError(t, err)
	hidden, err := handler.Handle(t.Context(), menuview.ItemByID{ID: id, LocationID: at})
	require.NoError(t, err)
	none, err := handler.Handle(t.Context(), menuview.ItemByID{ID: uuid.New(), LocationID: at})
	require.NoError(t, err)

	require.Equal(t, &menuview.MenuItem{
		ID: id, Name: "Off", Description: "Good.", Category: "Pizza", TaxCategory: location.Food, Allergens: []inventory.Allergen{inventory.Milk}, CanBeWithout: []inventory.Allergen{}, DeclaredAllergens: []inventory.Allergen{inventory.Milk}, IsHidden: true, PreparationMinutes: 12, Version: 3,
		Prices:       []menuview.Price{{Size: menu.Small, Price: 700}, {Size: menu.Large, Price: 900}},
		OptionGroups: []menuview.OptionGroup{},
	}, item)
	require.Nil(t, hidden)
	require.Nil(t, none)
}

var cook = auth.Actor{Roles: []auth.Role{auth.RoleCook}}

func add(t *testing.T, db *pgtest.Database, category, name string, available bool) uuid.UUID {
	t.Helper()
	id := uuid.New()
	tx, err := db.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `
		INSERT INTO public.menu_items (id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
		VALUES ($1, $2, 'Good.', $3, '{Milk}', $4, 12, 3, now(), now())`, id, name, category, available)
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `
		INSERT INTO public.menu_item_prices (menu_item_id, size, price_cents) VALUES ($1, 'LARGE', 900), ($1, 'SMALL', 700)`, id)
	require.NoError(t, err)
	require.NoError(t, tx.Commit(t.Context()))
	return id
}

func names(t *testing.T, db *pgtest.Database, q menuview.Menu) []string {
	t.Helper()
	items, err := menuview.NewMenuHandler(db.Pool, 1).Handle(t.Context(), q)
	require.NoError(t, err)
	var names []string
	for _, item := range items {
		names = append(names, item.Name)
	}
	return names
}
