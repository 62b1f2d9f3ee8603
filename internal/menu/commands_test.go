package menu_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/fault"
)

func TestCreatedItemIsOnTheMenuAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour := s.ingredient(t, "Flour", 1000)
	create := margherita(menu.RecipeLine{IngredientID: flour, Quantity: 250})
	create.Name = "  Margherita "
	create.Allergens = []inventory.Allergen{inventory.Milk, inventory.Eggs}

	id := s.item(t, create)

	require.Equal(t, &menuview.MenuItem{
		ID: id, Name: "Margherita", Category: "Pizza", IsPizza: true, TaxCategory: location.Food, Version: 1, IsAvailable: true, PreparationMinutes: 12,
		OptionGroups: []menuview.OptionGroup{},
		Prices:       []menuview.Price{{Size: menu.Small, Price: 790, IsAvailable: true}, {Size: menu.Medium, Price: 990, IsAvailable: true}},
		Allergens:    []inventory.Allergen{inventory.Eggs, inventory.Milk}, CanBeWithout: []inventory.Allergen{}, DeclaredAllergens: []inventory.Allergen{inventory.Eggs, inventory.Milk},
	}, s.seen(t, id))
	require.Equal(t, menu.Dish{
		ID: id, Name: "Margherita", Category: "Pizza", IsPizza: true, TaxCategory: location.Food, Available: true, Preparation: 12 * time.Minute,
		Prices: map[menu.Size]int64{menu.Small: 790, menu.Medium: 990},
		Recipe: []menu.Ingredient{{ID: flour, Quantity: 250}}, Allergens: []inventory.Allergen{inventory.Eggs, inventory.Milk},
	}, s.dish(t, id))
}

func TestCreateRefusesAnUnknownIngredient(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	recipe := []menu.RecipeLine{{IngredientID: s.ingredient(t, "Flour", 1), Quantity: 1}, {IngredientID: uuid.New(), Quantity: 1}}

	_, err := s.create.Handle(t.Context(), margherita(recipe...).WithSubject(uuid.New()))

	requireRefusal(t, err, fault.BadUserInput, "ingredients", "1", "ingredientId")
	require.Zero(t, s.items(t))
}

func TestUpdateChangesOnlyWhatIsGiven(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita())
	before := s.seen(t, id)

	s.change(t, menu.UpdateMenuItem{ID: id, ExpectedVersion: new(1), Description: new("Classic.")})
	s.change(t, menu.UpdateMenuItem{ID: id, Prices: new([]menu.Price{{Size: menu.OneSize, Price: 1}}), Allergens: new([]inventory.Allergen{})})
	s.change(t, menu.UpdateMenuItem{ID: id, IsAvailable: new(false)})

	expected := *before
	expected.Description, expected.Version, expected.IsAvailable, expected.IsHidden = "Classic.", 4, false, true
	expected.Prices, expected.Allergens, expected.DeclaredAllergens = []menuview.Price{{Size: menu.OneSize, Price: 1}}, []inventory.Allergen{}, []inventory.Allergen{}
	require.Equal(t, &expected, s.seen(t, id))
	require.False(t, s.dish(t, id).Available)
}

func TestAnUpdateThatChangesNothingHasNotHappened(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour, salt := s.ingredient(t, "Flour", 1000), s.ingredient(t, "Salt", 1000)
	recipe := []menu.RecipeLine{{IngredientID: flour, Quantity: 250}, {IngredientID: salt, Quantity: 5}}
	create := margherita(recipe...)
	id := s.item(t, create)
	slices.Reverse(recipe)
	prices := slices.Clone(create.Prices)
	slices.Reverse(prices)

	for _, same := range []menu.UpdateMenuItem{
		{ID: id},
		{ID: id, Name: new(" Margherita")},
		{ID: id, Prices: &prices},
		{ID: id, Ingredients: &recipe},
		{ID: id, IsAvailable: new(true)},
		{ID: id, Allergens: &create.Allergens, PreparationMinutes: new(12), Description: &create.Description, Category: &create.Category},
	} {
		s.change(t, same)
		require.Equal(t, 1, s.seen(t, id).Version)
	}
	var events int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.events AS e WHERE e.stream_id = $1`, id).Scan(&events))
	require.Equal(t, 1, events)
	for i, other := range []menu.UpdateMenuItem{
		{ID: id, Allergens: new([]inventory.Allergen{inventory.Sesame})}, {ID: id, Prices: new(prices[:1])}, {ID: id, Ingredients: new(recipe[:1])}, {ID: id, IsAvailable: new(false)},
	} {
		s.change(t, other)
		require.Equal(t, i+2, s.seen(t, id).Version)
	}
	_, err := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, ExpectedVersion: new(1)})
	require.True(t, fault.Is(err, fault.VersionConflict), "also if nothing would change")
}

func TestUpdateReplacesTheRecipe(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour, salt := s.ingredient(t, "Flour", 10), s.ingredient(t, "Salt", 0)
	id := s.item(t, margherita(needs(flour, 1)...))

	s.change(t, menu.UpdateMenuItem{ID: id, Ingredients: new(needs(salt, 3))})
	require.Equal(t, []menu.Ingredient{{ID: salt, Quantity: 3}}, s.dish(t, id).Recipe)
	require.False(t, s.seen(t, id).IsAvailable)

	s.change(t, menu.UpdateMenuItem{ID: id, Ingredients: new([]menu.RecipeLine{})})
	require.Empty(t, s.dish(t, id).Recipe)
	require.True(t, s.seen(t, id).IsAvailable)

	_, err := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, Ingredients: new(needs(uuid.New(), 1))})
	requireRefusal(t, err, fault.BadUserInput, "ingredients", "0", "ingredientId")
}

func TestUpdateAndArchiveRefuseAnotherVersion(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita())
	s.change(t, menu.UpdateMenuItem{ID: id, Name: new("Regina")})

	_, update := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, ExpectedVersion: new(1), Name: new("Marinara")})
	_, archive := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: id, ExpectedVersion: new(3)})

	for _, err := range []error{update, archive} {
		refusal := requireRefusal(t, err, fault.VersionConflict, "expectedVersion")
		require.Equal(t, 2, refusal.Details.CurrentVersion)
	}
	require.Equal(t, "Regina", s.seen(t, id).Name)
}

func TestOfTwoWhoSawTheSameVersionOneWins(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita())

	conflicts := make([]bool, 8)
	var group errgroup.Group
	for i := range conflicts {
		group.Go(func() error {
			_, err := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, ExpectedVersion: new(1), Category: new("Pasta")})
			conflicts[i] = fault.Is(err, fault.VersionConflict)
			if conflicts[i] {
				return nil
			}
			return err
		})
	}

	require.NoError(t, group.Wait())
	won := 0
	for _, conflict := range conflicts {
		if !conflict {
			won++
		}
	}
	require.Equal(t, 1, won)
	require.Equal(t, 2, s.seen(t, id).Version)
}

func TestUnknownAndArchivedItemsAreNotFound(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	archived := s.item(t, margherita())
	_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: archived, ExpectedVersion: new(1)})
	require.NoError(t, err)

	for _, id := range []uuid.UUID{archived, uuid.New(), uuid.Nil} {
		_, update := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, Name: new("Regina")})
		_, again := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: id, ExpectedVersion: new(1)})
		requireRefusal(t, update, fault.NotFound, "id")
		requireRefusal(t, again, fault.NotFound, "id")
	}
}

func TestDishesLeavesOutUnknownAndArchivedItems(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	there, archived := s.item(t, margherita()), s.item(t, margherita())
	_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: archived})
	require.NoError(t, err)

	found, err := s.dishes.Dishes(t.Context(), s.at, []uuid.UUID{archived, there, uuid.New(), there})
	require.NoError(t, err)
	none, err := s.dishes.Dishes(t.Context(), s.at, nil)
	require.NoError(t, err)

	require.Len(t, found, 1)
	require.Contains(t, found, there)
	require.Empty(t, none)
}

func (s *shop) dish(t *testing.T, id uuid.UUID) menu.Dish {
	t.Helper()
	dishes, err := s.dishes.Dishes(t.Context(), s.at, []uuid.UUID{id})
	require.NoError(t, err)
	return dishes[id]
}

func (s *shop) items(t *testing.T) (n int) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.menu_items`).Scan(&n))
	return n
}

func requireRefusal(t *testing.T, err error, code fault.Code, path ...string) *fault.Error {
	t.Helper()
	refusal, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, refusal.Code)
	require.Equal(t, path, refusal.Path)
	return refusal
}
