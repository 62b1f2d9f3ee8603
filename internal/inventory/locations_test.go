package inventory_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
)

func TestEachLocationHasItsOwnStock(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	other := s.db.AddLocation(t, "JPY")
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{
		{LocationID: &other, OnHand: 7}, {LocationID: &s.at, OnHand: 500},
	}})

	_, err := s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: flour, LocationID: &other, OnHand: 9})
	require.NoError(t, err)

	require.Equal(t, "500 0", s.level(t, flour, s.at))
	require.Equal(t, "9 0", s.level(t, flour, other))
	require.Equal(t, "Flour 509 0 0", s.row(t, flour))
	s.requireExplained(t)
}

func TestALocationAndAnIngredientHaveALevelWhicheverIsFirst(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour"})
	second := s.db.AddLocation(t, "EUR")
	salt := s.create(t, inventory.CreateIngredient{Name: "Salt"})

	for _, ingredient := range []uuid.UUID{flour, salt} {
		for _, at := range []uuid.UUID{s.at, second} {
			require.Equal(t, "0 0", s.level(t, ingredient, at))
		}
	}
}

func TestLocationsAndIngredientsThatAreAddedAtOnceHaveAllLevels(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	var group errgroup.Group
	for range 8 {
		group.Go(func() error {
			_, err := s.creates.Handle(t.Context(), inventory.CreateIngredient{IngredientID: uuid.New(), Name: uuid.NewString()})
			return err
		})
		group.Go(func() error {
			_, err := s.db.Pool.Exec(t.Context(), `
				INSERT INTO public.locations (
					id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
				)
				SELECT u, 'Test', u::text, '-', '-', '-', 'UTC', 0, 'EUR', false, 0, 1, now(), now() FROM gen_random_uuid() AS u`)
			return err
		})
	}
	require.NoError(t, group.Wait())

	var levels int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(DISTINCT (ingredient_id, location_id)) FROM public.stock_levels`).Scan(&levels))
	require.Equal(t, 8*9, levels)
}

func TestStockOfSeveralLocationsMustSayWhich(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour"})
	named := inventory.CreateIngredient{IngredientID: uuid.New(), Name: "Salt", Stock: []inventory.LocationStock{{LocationID: &s.at, OnHand: 1}, {OnHand: 2}}}
	unknown := inventory.CreateIngredient{IngredientID: uuid.New(), Name: "Salt", Stock: []inventory.LocationStock{{LocationID: new(uuid.New()), OnHand: 1}}}

	_, twice := s.creates.Handle(t.Context(), named)
	s.db.AddLocation(t, "EUR")
	_, created := s.creates.Handle(t.Context(), named)
	_, set := s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: flour, OnHand: 1})
	_, nowhere := s.creates.Handle(t.Context(), unknown)
	_, setNowhere := s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: flour, LocationID: new(uuid.New()), OnHand: 1})

	requireRefusal(t, twice, fault.BadUserInput, "stock", "1", "locationId")
	requireRefusal(t, created, fault.BadUserInput, "stock", "1", "locationId")
	requireRefusal(t, set, fault.BadUserInput, "locationId")
	requireRefusal(t, nowhere, fault.NotFound, "stock", "0", "locationId")
	requireRefusal(t, setNowhere, fault.NotFound, "locationId")
	require.Equal(t, "Flour 0 0 0", s.row(t, flour))
}

func TestWithoutALocationThereIsNoStock(t *testing.T) {
	t.Parallel()
	s := newStockOn(t, pgtest.New(t))
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour"})

	_, err := s.creates.Handle(t.Context(), inventory.CreateIngredient{IngredientID: uuid.New(), Name: "Salt", Stock: []inventory.LocationStock{{OnHand: 1}}})

	requireRefusal(t, err, fault.NotFound, "stock", "0", "locationId")
	require.ErrorContains(t, err, "There is no location yet")
	require.Equal(t, "Flour 0 0 0", s.row(t, flour))
	at := s.db.AddLocation(t, "EUR")
	require.Equal(t, "0 0", s.level(t, flour, at))
}

// level returns what a location has of an ingredient: the units on hand, and those reserved.
func (s *stock) level(t *testing.T, ingredient, at uuid.UUID) (level string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat_ws(' ', on_hand, reserved) FROM public.location_stock_view WHERE id = $1 AND location_id = $2`, ingredient, at).Scan(&level))
	return level
}
