package inventoryview_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/platform/pgtest"
)

func TestIngredientsAreShownByName(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	salt, basil := uuid.New(), uuid.New()
	stock(t, db, inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, Reserved: 4, LowThreshold: 3})
	stock(t, db, inventoryview.Ingredient{ID: basil, Name: "basil", OnHand: 5, Reserved: 5})

	all, err := (&inventoryview.IngredientsHandler{Pool: db.Pool}).Handle(t.Context(), inventoryview.Ingredients{})
	require.NoError(t, err)

	require.Equal(t, []*inventoryview.Ingredient{
		{ID: basil, Name: "basil", OnHand: 5, Reserved: 5},
		{ID: salt, Name: "Salt", OnHand: 10, Reserved: 4, Available: 6, LowThreshold: 3},
	}, all)
}

func TestIngredientByID(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	salt := uuid.New()
	stock(t, db, inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, LowThreshold: 3})
	handler := inventoryview.IngredientByIDHandler{Pool: db.Pool}

	found, err := handler.Handle(t.Context(), inventoryview.IngredientByID{ID: salt})
	require.NoError(t, err)
	none, err := handler.Handle(t.Context(), inventoryview.IngredientByID{ID: uuid.New()})
	require.NoError(t, err)

	require.Equal(t, &inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, Available: 10, LowThreshold: 3}, found)
	require.Nil(t, none)
}

// stock puts the ingredient on the shelf.
func stock(t *testing.T, db *pgtest.Database, i inventoryview.Ingredient) {
	t.Helper()
	_, err := db.Pool.Exec(t.Context(),
		`INSERT INTO public.ingredients (id, name, low_threshold, created_at) VALUES ($1, $2, $3, now())`, i.ID, i.Name, i.LowThreshold)
	require.NoError(t, err)
	_, err = db.Pool.Exec(t.Context(),
		`UPDATE public.stock_levels SET on_hand = $2, reserved = $3 WHERE ingredient_id = $1`, i.ID, i.OnHand, i.Reserved)
	require.NoError(t, err)
}
