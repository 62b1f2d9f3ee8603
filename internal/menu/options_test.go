package menu_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/fault"
)

func TestItemsShareAGroupOnTheirOwnTerms(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	cheese := s.ingredient(t, "Cheese", 100)
	s.redefine(t, cheese, []inventory.Allergen{inventory.Milk}, new(inventory.Vegetarian))
	group := s.group(t, menu.OptionGroupTerms{
		Name: " Extras ", Max: new(5), FreeUpTo: 1, Halves: true, Extra: &menu.AmountFactors{PriceBasisPoints: 15_000, DoseBasisPoints: 20_000},
		Options: []menu.Option{option("Cheese", &cheese, 10), option("Onions", nil, 0)},
	})
	options := s.options(t, group)
	plain, special := s.item(t, withGroups(menu.ItemOptionGroup{OptionGroupID: group})), s.item(t, withGroups(menu.ItemOptionGroup{
		OptionGroupID: group, Min: new(1), Max: new(1), FreeUpTo: new(0), OptionIDs: &[]uuid.UUID{options[0].ID}, DefaultOptionIDs: &[]uuid.UUID{options[0].ID},
	}))

	shared, own := s.seen(t, plain).OptionGroups[0], s.seen(t, special).OptionGroups[0]

	require.Equal(t, "Extras", shared.Name)
	require.Equal(t, []any{0, 5, 1, true, 2}, []any{shared.Min, *shared.Max, shared.FreeUpTo, shared.Halves, len(shared.Options)})
	require.Equal(t, []any{1, 1, 0, true, 1}, []any{own.Min, *own.Max, own.FreeUpTo, own.Options[0].IsDefault, len(own.Options)})
	require.Equal(t, 20_000, shared.Extra.DoseBasisPoints)
	require.Equal(t, []menuview.Price{{Size: menu.Small, Price: 100, IsAvailable: true}, {Size: menu.Medium, Price: 150, IsAvailable: true}}, shared.Options[0].Prices)
	require.Equal(t, []inventory.Allergen{inventory.Milk}, shared.Options[0].Allergens)
	require.Equal(t, []inventory.Allergen{inventory.Milk}, s.seen(t, plain).Allergens, "declared")
	require.Equal(t, inventory.Vegetarian, *s.seen(t, special).Diet, "of what comes with it")
	require.Nil(t, s.seen(t, plain).Diet)
	s.requireExact(t)
}

func TestWhoeverSeesAnItemIsToldWhenItsGroupChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	cheese := s.ingredient(t, "Cheese", 20)
	group := s.group(t, menu.OptionGroupTerms{Name: "Extras", Options: []menu.Option{option("Cheese", &cheese, 20)}})
	with, without := s.item(t, withGroups(menu.ItemOptionGroup{OptionGroupID: group})), s.item(t, margherita())

	s.setStock(t, cheese, 19) // enough for a small one: 15
	require.Equal(t, []bool{true, false}, s.left(t, with))
	s.setStock(t, cheese, 16) // nobody sees a difference
	s.setStock(t, cheese, 0)
	require.False(t, s.seen(t, with).OptionGroups[0].Options[0].IsAvailable)
	require.True(t, s.seen(t, with).IsAvailable, "it needn't be chosen")
	s.setStock(t, cheese, 100)
	s.changeGroup(t, menu.UpdateOptionGroup{ID: group, Name: new("Additions"), ExpectedVersion: new(1)})
	s.changeGroup(t, menu.UpdateOptionGroup{ID: group, Name: new("Additions"), Max: new((*int)(nil))}) // nothing changes
	s.change(t, menu.UpdateMenuItem{By: mia, ID: with, Name: new("Other")})
	_, err := s.groups.Archive(t.Context(), menu.ArchiveOptionGroup{By: mia, ID: group, ExpectedVersion: new(2)})
	require.NoError(t, err)

	require.Empty(t, s.seen(t, with).OptionGroups)
	require.Equal(t, []string{
		"1 ADDED 1 true MANAGER", "2 SOLD_OUT true SYSTEM", "3 SOLD_OUT true SYSTEM", "4 BACK_IN_STOCK true SYSTEM", "5 PARTS_CHANGED true SYSTEM",
		"6 CHANGED 2 true MANAGER", "7 PARTS_CHANGED true SYSTEM",
	}, s.told(t, with))
	require.Len(t, s.told(t, without), 1)
	require.Equal(t, []string{"1 ADDED t", "2 CHANGED t", "3 ARCHIVED t"}, s.changesTold(t, group))
	s.requireExact(t)
}

func TestAnItemIsSoldOutWhenNothingIsLeftOfWhatHasToBeChosen(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	thin, thick := s.ingredient(t, "Thin crust", 20), s.ingredient(t, "Thick crust", 20)
	group := s.group(t, menu.OptionGroupTerms{Name: "Crust", Min: 1, Max: new(1), Options: []menu.Option{option("Thin", &thin, 20), option("Thick", &thick, 20)}})
	id := s.item(t, withGroups(menu.ItemOptionGroup{OptionGroupID: group}))

	s.setStock(t, thin, 0)
	require.True(t, s.seen(t, id).IsAvailable)
	s.setStock(t, thick, 15)
	require.Equal(t, []bool{true, false}, sizesLeft(s.seen(t, id)), "of the small one")
	s.setStock(t, thick, 14)
	require.False(t, s.seen(t, id).IsAvailable)
	s.requireExact(t)
	s.change(t, menu.UpdateMenuItem{ID: id, OptionGroups: &[]menu.ItemOptionGroup{{OptionGroupID: group, Min: new(0)}}})

	require.True(t, s.seen(t, id).IsAvailable)
	s.requireExact(t)
}

func TestGroupsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	group := s.group(t, menu.OptionGroupTerms{Name: "Extras", Min: 1, Max: new(2), Options: []menu.Option{option("Cheese", nil, 0), option("Onions", nil, 0)}})
	options, id := s.options(t, group), s.item(t, margherita())
	other := uuid.New()
	for path, groups := range map[string]menu.ItemOptionGroup{
		"optionGroups 0 optionGroupId":    {OptionGroupID: other},
		"optionGroups 0 max":              {OptionGroupID: group, Min: new(3)},
		"optionGroups 0 optionIds":        {OptionGroupID: group, OptionIDs: &[]uuid.UUID{other}},
		"optionGroups 0 defaultOptionIds": {OptionGroupID: group, OptionIDs: &[]uuid.UUID{options[0].ID}, DefaultOptionIDs: &[]uuid.UUID{options[1].ID}},
	} {
		_, err := s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: id, OptionGroups: &[]menu.ItemOptionGroup{groups}})
		requireRefusal(t, err, fault.BadUserInput, strings.Fields(path)...)
	}
	_, err := s.groups.Update(t.Context(), menu.UpdateOptionGroup{ID: group, Max: new(new(0))})
	requireRefusal(t, err, fault.BadUserInput, "max")
	unknown := option("Gold", &other, 1)
	_, err = s.groups.Update(t.Context(), menu.UpdateOptionGroup{ID: group, Options: &[]menu.Option{unknown}})
	requireRefusal(t, err, fault.BadUserInput, "options", "0", "ingredientId")
	unknown.ID, unknown.IngredientID, unknown.Prices = &other, nil, unknown.Prices[:0:0]
	requireRefusal(t, menu.UpdateOptionGroup{Options: &[]menu.Option{unknown}}.Validate(), fault.BadUserInput, "options", "0", "prices")
	unknown.Prices = option("", nil, 0).Prices
	_, err = s.groups.Update(t.Context(), menu.UpdateOptionGroup{ID: group, Options: &[]menu.Option{unknown}})
	requireRefusal(t, err, fault.BadUserInput, "options", "0", "id")
	_, err = s.groups.Update(t.Context(), menu.UpdateOptionGroup{ID: group, ExpectedVersion: new(2)})
	requireRefusal(t, err, fault.VersionConflict, "expectedVersion")
	_, err = s.groups.Update(t.Context(), menu.UpdateOptionGroup{ID: other})
	requireRefusal(t, err, fault.NotFound, "id")
}

// Stock, groups, and which items have them change at once, from many sides; none of the changes may go unseen or untold.
func TestOptionsAreExactAfterConcurrentChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ingredients := []uuid.UUID{s.ingredient(t, "Cheese", 50), s.ingredient(t, "Ham", 50), s.ingredient(t, "Flour", 50)}
	var groups, items []uuid.UUID
	for range 3 {
		groups = append(groups, s.group(t, menu.OptionGroupTerms{Name: "Extras", Options: []menu.Option{option("Cheese", &ingredients[0], 20)}}))
		items = append(items, s.item(t, margherita(needs(ingredients[2], 10)...)))
	}
	change := func(random *rand.Rand) error {
		ingredient, item, group := ingredients[random.IntN(3)], items[random.IntN(3)], groups[random.IntN(3)]
		var err error
		switch random.IntN(6) {
		case 0:
			_, err = s.groups.Update(t.Context(), menu.UpdateOptionGroup{
				ID: group, Min: new(random.IntN(2)), Options: &[]menu.Option{option("One", &ingredient, 1+random.IntN(50)), option("Two", &ingredients[0], 30)},
			})
		case 1:
			_, err = s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: item, OptionGroups: &[]menu.ItemOptionGroup{{OptionGroupID: group}}})
		case 2:
			_, err = s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: item, Ingredients: new(needs(ingredient, 1+random.IntN(50)))})
		case 3:
			_, err = s.sellOut.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: ingredient, LocationID: &s.at, Available: random.IntN(2) == 0})
		default:
			_, err = s.count.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: ingredient, LocationID: &s.at, OnHand: random.IntN(60)})
		}
		return err
	}

	var workers errgroup.Group
	for worker := range 6 {
		random := rand.New(rand.NewPCG(11, uint64(worker)))
		workers.Go(func() error {
			for range 25 {
				if err := retried(func() error { return change(random) }); err != nil {
					return err
				}
			}
			return nil
		})
	}

	require.NoError(t, workers.Wait())
	s.requireExact(t)
	s.refresh(t)
	s.requireExact(t)
}

// option is offered small and medium; a small one takes three quarters of the dose.
func option(name string, ingredient *uuid.UUID, dose int) menu.Option {
	return menu.Option{Name: name, IngredientID: ingredient, Prices: []menu.OptionPrice{
		{Size: menu.Medium, Price: 150, Dose: dose}, {Size: menu.Small, Price: 100, Dose: (dose*3 + 3) / 4},
	}}
}

func withGroups(groups ...menu.ItemOptionGroup) menu.CreateMenuItem {
	create := margherita()
	create.By, create.OptionGroups = mia, groups
	return create
}

func (s *shop) group(t testing.TB, terms menu.OptionGroupTerms) uuid.UUID {
	t.Helper()
	cmd := menu.CreateOptionGroup{By: mia, OptionGroupTerms: terms}.WithSubject(uuid.New())
	require.NoError(t, cmd.Validate())
	id, err := s.groups.Create(t.Context(), cmd)
	require.NoError(t, err)
	return id
}

func (s *shop) changeGroup(t testing.TB, cmd menu.UpdateOptionGroup) {
	t.Helper()
	cmd.By = mia
	require.NoError(t, cmd.Validate())
	_, err := s.groups.Update(t.Context(), cmd)
	require.NoError(t, err)
}

// options are a group's, as the catalogue has them.
func (s *shop) options(t testing.TB, group uuid.UUID) []menuview.Option {
	t.Helper()
	found, err := (&menuview.OptionGroupsHandler{Pool: s.db.Pool}).Group(t.Context(), group)
	require.NoError(t, err)
	return found.Options
}

// left tells of which sizes of its first option the item's location has enough, as the menu shows it.
func (s *shop) left(t testing.TB, item uuid.UUID) (left []bool) {
	t.Helper()
	here, err := (&menuview.ItemByIDHandler{Pool: s.db.Pool}).Handle(t.Context(), menuview.ItemByID{ID: item, LocationID: s.at})
	require.NoError(t, err)
	for _, p := range here.OptionGroups[0].Options[0].Prices {
		left = append(left, p.IsAvailable)
	}
	return left
}

func sizesLeft(item *menuview.MenuItem) (left []bool) {
	for _, p := range item.Prices {
		left = append(left, p.IsAvailable)
	}
	return left
}
