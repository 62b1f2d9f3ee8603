package menu_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
)

func TestADishHasTheAllergensAndTheDietOfItsIngredients(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour, cheese := s.ingredient(t, "Flour", 100), s.ingredient(t, "Cheese", 100)
	s.redefine(t, flour, []inventory.Allergen{inventory.Gluten}, new(inventory.Vegan))
	create := margherita(append(needs(flour, 1), needs(cheese, 1)...)...)
	create.By, create.Allergens = mia, []inventory.Allergen{inventory.Soya, inventory.Celery}
	id := s.item(t, create)
	require.Equal(t, []inventory.Allergen{inventory.Celery, inventory.Gluten, inventory.Soya}, s.seen(t, id).Allergens)
	require.Equal(t, []inventory.Allergen{inventory.Celery, inventory.Soya}, s.seen(t, id).DeclaredAllergens)
	require.Nil(t, s.seen(t, id).Diet, "nobody said what cheese is")

	s.redefine(t, cheese, []inventory.Allergen{inventory.Milk}, new(inventory.Vegetarian))

	require.Equal(t, []inventory.Allergen{inventory.Celery, inventory.Gluten, inventory.Milk, inventory.Soya}, s.seen(t, id).Allergens)
	require.Equal(t, inventory.Vegetarian, *s.seen(t, id).Diet)
	require.Equal(t, []string{"1 ADDED 1 true MANAGER", "2 PARTS_CHANGED true SYSTEM"}, s.told(t, id), "whoever has the menu open is told")
	s.change(t, menu.UpdateMenuItem{ID: id, Ingredients: new(needs(flour, 1))})
	require.Equal(t, inventory.Vegan, *s.seen(t, id).Diet)
	require.Len(t, s.told(t, id), 3)
	s.requireExact(t)
}

func TestAnIngredientIsChangedAsTheManagerSawIt(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour, salt := s.ingredient(t, "Flour", 1), s.ingredient(t, "Salt", 1)
	update := inventory.UpdateIngredientHandler{Ingredients: inventorystore.New(s.db.Gorm), Now: s.create.Now}
	change := func(cmd inventory.UpdateIngredient) error {
		require.NoError(t, cmd.Validate())
		_, err := update.Handle(t.Context(), cmd)
		return err
	}

	require.NoError(t, change(inventory.UpdateIngredient{IngredientID: flour, ExpectedVersion: new(1), Name: new("Flour 00"), LowThreshold: new(5)}))
	require.NoError(t, change(inventory.UpdateIngredient{IngredientID: flour, ExpectedVersion: new(2), Name: new(" Flour 00 ")}), "nothing changes")

	require.True(t, fault.Is(change(inventory.UpdateIngredient{IngredientID: flour, ExpectedVersion: new(1), Name: new("Lost")}), fault.VersionConflict))
	require.True(t, fault.Is(change(inventory.UpdateIngredient{IngredientID: flour, Name: new("sALT")}), fault.AlreadyExists))
	require.True(t, fault.Is(change(inventory.UpdateIngredient{IngredientID: uuid.New(), Name: new("Nothing")}), fault.NotFound))
	require.Equal(t, []string{"1 ADDED t", "2 CHANGED t"}, s.changesTold(t, flour))
	require.Equal(t, []string{"1 ADDED t"}, s.changesTold(t, salt))
}

// redefine says what an ingredient has and is fit for.
func (s *shop) redefine(t testing.TB, ingredient uuid.UUID, allergens []inventory.Allergen, diet *inventory.Diet) {
	t.Helper()
	cmd := inventory.UpdateIngredient{IngredientID: ingredient, Allergens: &allergens, Diet: &diet}
	require.NoError(t, cmd.Validate())
	_, err := (&inventory.UpdateIngredientHandler{Ingredients: inventorystore.New(s.db.Gorm), Now: s.create.Now}).Handle(t.Context(), cmd)
	require.NoError(t, err)
}

// changesTold lists the events of something: version, what happened, and whether it tells what changed.
func (s *shop) changesTold(t testing.TB, id uuid.UUID) (events []string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(concat_ws(' ', e.version, e.type, CASE WHEN e.payload -> 'after' IS NOT NULL THEN true END) ORDER BY e.version)
		FROM public.events AS e
		WHERE e.stream_id = $1`, id).Scan(&events))
	return events
}
