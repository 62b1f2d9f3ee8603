package inventoryview_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/pgtest"
)

func TestIngredientsAreShownByName(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	salt, basil := uuid.New(), uuid.New()
	_, err := db.Pool.Exec(t.Context(), `
		INSERT INTO public.ingredients (id, name, on_hand, reserved, low_threshold, created_at)
		VALUES ($1, 'Salt', 10, 4, 3, now()), ($2, 'basil', 5, 5, 0, now())`, salt, basil)
	require.NoError(t, err)

	all, err := (&inventoryview.IngredientsHandler{DB: db.Gorm}).Handle(t.Context(), inventoryview.Ingredients{})
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
	_, err := db.Pool.Exec(t.Context(), `
		INSERT INTO public.ingredients (id, name, on_hand, low_threshold, created_at) VALUES ($1, 'Salt', 10, 3, now())`, salt)
	require.NoError(t, err)
	handler := inventoryview.IngredientByIDHandler{DB: db.Gorm}

	found, err := handler.Handle(t.Context(), inventoryview.IngredientByID{ID: salt})
	require.NoError(t, err)
	none, err := handler.Handle(t.Context(), inventoryview.IngredientByID{ID: uuid.New()})
	require.NoError(t, err)

	require.Equal(t, &inventoryview.Ingredient{ID: salt, Name: "Salt", OnHand: 10, Available: 10, LowThreshold: 3}, found)
	require.Nil(t, none)
}
