package menu_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
)

func TestEachChangeOfAnItemIsLoggedOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	manager := mia
	flour := s.ingredient(t, "Flour", 250)
	create := margherita(needs(flour, 250)...)
	create.By = manager
	id := s.item(t, create)

	s.setStock(t, flour, 200) // enough for a small one
	s.setStock(t, flour, 190) // nobody sees a difference
	s.setStock(t, flour, 100)
	s.change(t, menu.UpdateMenuItem{By: manager, ID: id, ExpectedVersion: new(1), Name: new("Margherita DOP")})
	s.change(t, menu.UpdateMenuItem{By: manager, ID: id, ExpectedVersion: new(2), Ingredients: new(needs(flour, 100))})
	s.change(t, menu.UpdateMenuItem{By: manager, ID: id, ExpectedVersion: new(3), IsAvailable: new(false)})
	s.setStock(t, flour, 0)
	s.setStock(t, flour, 100)
	_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{By: manager, ID: id, ExpectedVersion: new(4)})
	require.NoError(t, err)
	s.setStock(t, flour, 0)

	require.Equal(t, []string{
		"1 ADDED 1 true MANAGER",
		"2 SOLD_OUT true SYSTEM",
		"3 SOLD_OUT false SYSTEM",
		"4 CHANGED 2 false MANAGER",
		"5 CHANGED 3 true MANAGER",
		"6 CHANGED 4 false MANAGER",
		"7 ARCHIVED 5 false MANAGER",
	}, s.told(t, id))
	s.requireExact(t)
}

func TestAnItemWithoutEventsGetsThemAtItsFirstChange(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := uuid.New()

	_, err := s.db.Pool.Exec(t.Context(), `
		INSERT INTO public.menu_items
			(id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
		VALUES ($1, 'Old', '', 'Pizza', '{}', true, 12, 1, now(), now())`, id)
	require.NoError(t, err)

	require.Equal(t, []string{"1 BACK_IN_STOCK true SYSTEM"}, s.told(t, id))
}

// A generation that is being built, or is still kept, is computed in the transaction too, and before the one in use: that one
// is the only one that tells.
func TestTheLogTellsEachChangeOnceWhileTwoGenerationsAreKept(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	manager := mia
	create := margherita()
	create.By = manager
	before := s.item(t, create)
	s.useNextMenu(t)

	id := s.item(t, create)
	s.change(t, menu.UpdateMenuItem{By: manager, ID: id, IsAvailable: new(false)})
	s.change(t, menu.UpdateMenuItem{By: manager, ID: id, IsAvailable: new(true)})
	_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{By: manager, ID: id})
	require.NoError(t, err)
	s.change(t, menu.UpdateMenuItem{By: manager, ID: before, IsAvailable: new(false)})

	require.Equal(t, []string{
		"1 ADDED 1 true MANAGER", "2 CHANGED 2 false MANAGER", "3 CHANGED 3 true MANAGER", "4 ARCHIVED 4 false MANAGER",
	}, s.told(t, id))
	require.Equal(t, []string{"1 ADDED 1 true MANAGER", "2 CHANGED 2 false MANAGER"}, s.told(t, before))
	s.requireExact(t)
}

// The menu of the version before knew nothing of locations: with several of them, it told that a dish is sold out which only one
// lacks (00013). Whoever watches the menu hears of what the next one shows otherwise.
func TestWhatTheNextMenuShowsOtherwiseIsTold(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	create := margherita()
	create.By = mia
	same, other := s.item(t, create), s.item(t, create)
	_, err := s.db.Pool.Exec(t.Context(), `
		INSERT INTO public.events (at, stream, stream_id, version, type, payload, actor_role)
		VALUES (now(), 'MENU_ITEM', $1, 2, 'SOLD_OUT', '{"isAvailable": false}', 'SYSTEM')`, other)
	require.NoError(t, err)

	s.useNextMenu(t)

	require.Equal(t, []string{"1 ADDED 1 true MANAGER"}, s.told(t, same))
	require.Equal(t, []string{"1 ADDED 1 true MANAGER", "2 SOLD_OUT false SYSTEM", "3 BACK_IN_STOCK true SYSTEM"}, s.told(t, other))
	s.requireExact(t)
}

func TestTheLogTellsOfStockWhileTwoGenerationsAreKept(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.useNextMenu(t)
	flour := s.ingredient(t, "Flour", 250)
	create := margherita(needs(flour, 250)...)
	create.By = auth.Actor{ID: uuid.New(), Name: "Mia", Roles: []auth.Role{auth.RoleManager}}
	id := s.item(t, create)

	s.setStock(t, flour, 0)
	s.setStock(t, flour, 500)

	require.Equal(t, []string{"1 ADDED 1 true MANAGER", "2 SOLD_OUT false SYSTEM", "3 BACK_IN_STOCK true SYSTEM"}, s.told(t, id))
	s.requireExact(t)
}
