package menu_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
)

func TestWhatNeedsAnIngredientThatIsSoldOutCannotBeHad(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	there := s.db.AddLocation(t, "EUR")
	basil, thin, thick := s.ingredient(t, "Basil", 100), s.ingredient(t, "Thin crust", 100), s.ingredient(t, "Thick crust", 100)
	crust := s.group(t, menu.OptionGroupTerms{Name: "Crust", Min: 1, Max: new(1), Options: []menu.Option{option("Thin", &thin, 20), option("Thick", &thick, 20)}})
	extras := s.group(t, menu.OptionGroupTerms{Name: "Extras", Options: []menu.Option{option("Basil", &basil, 5), option("Air", &basil, 0), option("Onions", nil, 0)}})
	with := func(cmd menu.CreateMenuItem, name string, recipe ...menu.RecipeLine) uuid.UUID {
		cmd.Name, cmd.Ingredients = name, recipe
		return s.item(t, cmd)
	}
	margherita := with(withGroups(menu.ItemOptionGroup{OptionGroupID: extras}), "Margherita", needs(basil, 3)...)
	marinara := with(withGroups(menu.ItemOptionGroup{OptionGroupID: crust}, menu.ItemOptionGroup{OptionGroupID: extras}), "Marinara")
	_, err := s.count.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: basil, LocationID: &there, OnHand: 50})
	require.NoError(t, err)

	require.Equal(t, []string{"Margherita", "option Basil"}, s.without(t, basil))
	require.Equal(t, []string{"option Thin"}, s.without(t, thin))
	s.setAvailable(t, basil, false)
	require.False(t, s.here(t, margherita).IsAvailable)
	require.True(t, s.seen(t, margherita).IsAvailable, "at the other location")
	require.True(t, s.here(t, marinara).IsAvailable)
	require.Equal(t, []bool{false, true, true}, available(s.here(t, marinara).OptionGroups[1].Options))
	require.Empty(t, s.without(t, basil), "it hits no more")
	s.requireExact(t)

	s.setStock(t, basil, 500)
	require.False(t, s.here(t, margherita).IsAvailable, "counting isn't selling")
	s.setAvailable(t, thin, false)
	require.Equal(t, []string{"Marinara", "option Thick"}, s.without(t, thick), "another crust is gone already")
	s.setAvailable(t, thick, false)
	require.False(t, s.here(t, marinara).IsAvailable)
	s.requireExact(t)

	for _, id := range []uuid.UUID{basil, thin, thick} {
		s.setAvailable(t, id, true)
	}
	require.True(t, s.here(t, margherita).IsAvailable)
	require.True(t, s.here(t, marinara).IsAvailable)
	require.Equal(t, []string{"ADDED", "SOLD_OUT", "BACK_IN_STOCK"}, s.toldAt(t, margherita, s.at))
	require.Equal(t, []string{"ADDED", "BACK_IN_STOCK"}, s.toldAt(t, margherita, there), "by the count")
	require.Equal(t, []string{"ADDED", "SOLD_OUT", "SOLD_OUT", "SOLD_OUT", "BACK_IN_STOCK", "BACK_IN_STOCK", "BACK_IN_STOCK"}, s.toldAt(t, marinara, s.at))
	s.requireExact(t)
}

// without names what couldn't be had any more at the first location.
func (s *shop) without(t *testing.T, ingredient uuid.UUID) (names []string) {
	t.Helper()
	lost, err := (&menuview.WithoutHandler{Menus: menuview.NewMenuHandler(s.db.Pool, 1)}).Handle(t.Context(), menuview.Without{LocationID: s.at, IngredientID: ingredient})
	require.NoError(t, err)
	for _, l := range lost.MenuItems {
		require.Len(t, l.Sizes, len(l.MenuItem.Prices))
		names = append(names, l.MenuItem.Name)
	}
	for _, l := range lost.Options {
		require.Equal(t, []menu.Size{menu.Small, menu.Medium}, l.Sizes)
		names = append(names, "option "+l.Option.Name)
	}
	return names
}

// here is the item as the first location sells it.
func (s *shop) here(t *testing.T, id uuid.UUID) *menuview.MenuItem {
	t.Helper()
	item, err := (&menuview.ItemByIDHandler{Pool: s.db.Pool}).Handle(t.Context(), menuview.ItemByID{ID: id, LocationID: s.at})
	require.NoError(t, err)
	return item
}

func available(options []menuview.Option) (left []bool) {
	for _, o := range options {
		left = append(left, o.IsAvailable)
	}
	return left
}
