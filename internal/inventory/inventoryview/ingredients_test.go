package inventoryview_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/platform/pgtest"
)

func TestIngredientsAreShownByName(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	at := db.AddLocation(t, "EUR")
	salt, basil := uuid.New(), uuid.New()
	stock(t, db, inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, Reserved: 4, LowThreshold: 3})
	stock(t, db, inventoryview.Ingredient{ID: basil, Name: "basil", OnHand: 5, Reserved: 5})

	all, err := (&inventoryview.IngredientsHandler{Pool: db.Pool}).Handle(t.Context(), inventoryview.Ingredients{LocationID: at})
	require.NoError(t, err)

	require.Equal(t, []*inventoryview.Ingredient{
		{ID: basil, Name: "basil", OnHand: 5, Reserved: 5, Allergens: []inventory.Allergen{}, Version: 1},
		{ID: salt, Name: "Salt", OnHand: 10, Reserved: 4, Available: 6, LowThreshold: 3, Allergens: []inventory.Allergen{}, Version: 1},
	}, all)
}

func TestAnIngredientIsShownAtALocationAndEverywhere(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	at := db.AddLocation(t, "EUR")
	salt := uuid.New()
	stock(t, db, inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, LowThreshold: 3})
	other := db.AddLocation(t, "EUR")
	handler := inventoryview.ByIDHandler{Pool: db.Pool}

	here, err := handler.AtLocation(t.Context(), inventory.StockKey{IngredientID: salt, LocationID: at})
	require.NoError(t, err)
	there, err := handler.AtLocation(t.Context(), inventory.StockKey{IngredientID: salt, LocationID: other})
	require.NoError(t, err)
	everywhere, err := handler.Everywhere(t.Context(), salt)
	require.NoError(t, err)
	none, err := handler.Everywhere(t.Context(), uuid.New())
	require.NoError(t, err)
	listed, err := (&inventoryview.IngredientsHandler{Pool: db.Pool}).Handle(t.Context(), inventoryview.Ingredients{LocationID: other})
	require.NoError(t, err)

	require.Equal(t, &inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, Available: 10, LowThreshold: 3, Allergens: []inventory.Allergen{}, Version: 1}, here)
	require.Equal(t, &inventoryview.Ingredient{ID: salt, Name: "Salt", LowThreshold: 3, Allergens: []inventory.Allergen{}, Version: 1}, there)
	require.Equal(t, here, everywhere)
	require.Nil(t, none)
	require.Equal(t, []*inventoryview.Ingredient{there}, listed)
}

// stock says how much of the ingredient the only location has.
func stock(t *testing.T, db *pgtest.Database, i inventoryview.Ingredient) {
	t.Helper()
	_, err := db.Pool.Exec(t.Context(),
		`INSERT INTO public.ingredients (id, name, low_threshold, created_at) VALUES ($1, $2, $3, now())`, i.ID, i.Name, i.LowThreshold)
	require.NoError(t, err)
	_, err = db.Pool.Exec(t.Context(),
		`UPDATE public.stock_levels SET on_hand = $2, reserved = $3 WHERE ingredient_id = $1`, i.ID, i.OnHand, i.Reserved)
	require.NoError(t, err)
}
