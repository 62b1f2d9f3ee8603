package inventory_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
)

func TestCreateIngredientExplainsItsStock(t *testing.T) {
	t.Parallel()
	s := newStock(t)

	flour := s.create(t, inventory.CreateIngredient{Name: " Flour ", Stock: []inventory.LocationStock{{OnHand: 500}}, LowThreshold: 50})
	s.create(t, inventory.CreateIngredient{Name: "Salt"})

	require.Equal(t, "Flour 500 0 50", s.row(t, flour))
	require.Equal(t, []int{500}, s.movements(t))
	s.requireExplained(t)
}

func TestCreateIngredientRefusesATakenName(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.create(t, inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 1}}})

	_, err := s.creates.Handle(t.Context(), inventory.CreateIngredient{IngredientID: uuid.New(), Name: "fLOUR", Stock: []inventory.LocationStock{{OnHand: 2}}})

	requireRefusal(t, err, fault.AlreadyExists, "name")
	require.Equal(t, []int{1}, s.movements(t))
}

func TestSetStockWritesTheDifference(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 500}}})

	for _, onHand := range []int{450, 450, 900, 0, 2_147_483_647} {
		s.set(t, flour, onHand)
		s.requireExplained(t)
	}

	require.Equal(t, []int{500, -50, 450, -900, 2_147_483_647}, s.movements(t))
}

func TestSetStockRefusesLessThanIsPromised(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 500}}})
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.stock_levels SET reserved = 200`)
	require.NoError(t, err)

	_, err = s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: flour, OnHand: 199})
	requireRefusal(t, err, fault.BadUserInput, "onHand")
	require.Equal(t, "Flour 500 200 0", s.row(t, flour))

	s.set(t, flour, 200)
	require.Equal(t, "Flour 200 200 0", s.row(t, flour))
}

func TestSetStockOfAnUnknownIngredientIsNotFound(t *testing.T) {
	t.Parallel()
	s := newStock(t)

	_, err := s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: uuid.New(), OnHand: 1})

	requireRefusal(t, err, fault.NotFound, "ingredientId")
}

func TestConcurrentCountsAddUp(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 5}}})

	var group errgroup.Group
	for i := range 20 {
		group.Go(func() error {
			_, err := s.sets.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: flour, OnHand: i})
			return err
		})
	}

	require.NoError(t, group.Wait())
	s.requireExplained(t)
}

func TestAddMissingKeepsWhatIsThereByIDOrName(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "flour", Stock: []inventory.LocationStock{{OnHand: 5}}})
	salt := s.create(t, inventory.CreateIngredient{Name: "Sea salt", Stock: []inventory.LocationStock{{OnHand: 6}}})
	sameName, added := uuid.New(), uuid.New()

	for range 2 {
		there, err := s.store.AddMissing(t.Context(), []inventory.Ingredient{
			{ID: sameName, Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 100}}},
			{ID: salt, Name: "Salt", Stock: []inventory.LocationStock{{OnHand: 100}}},
			{ID: added, Name: "Water", Stock: []inventory.LocationStock{{OnHand: 100}}, LowThreshold: 10},
		}, s.creates.Now())
		require.NoError(t, err)
		require.Equal(t, map[uuid.UUID]uuid.UUID{sameName: flour, salt: salt, added: added}, there)
	}

	require.Equal(t, "flour 5 0 0", s.row(t, flour))
	require.Equal(t, "Sea salt 6 0 0", s.row(t, salt))
	require.Equal(t, "Water 100 0 10", s.row(t, added))
	require.Equal(t, []int{5, 6, 100}, s.movements(t))
	s.requireExplained(t)
}

func TestInvalidInputIsRefused(t *testing.T) {
	t.Parallel()
	for path, commands := range map[string][]interface{ Validate() error }{
		"name": {
			inventory.CreateIngredient{},
			inventory.CreateIngredient{Name: " "},
			inventory.CreateIngredient{Name: "a\x00"},
			inventory.CreateIngredient{Name: strings.Repeat("é", 121)},
			inventory.CreateIngredient{Name: "\xff"},
		},
		"stock.1.onHand": {
			inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{}, {OnHand: -1}}},
			inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{}, {OnHand: 1 << 31}}},
		},
		"stock.1.locationId": {
			inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{}, {OnHand: 1}}},
			inventory.CreateIngredient{Name: "Flour", Stock: []inventory.LocationStock{{LocationID: new(uuid.Max)}, {LocationID: new(uuid.Max)}}},
		},
		"onHand": {
			inventory.SetStock{OnHand: -1},
			inventory.SetStock{OnHand: 1 << 31},
		},
		"lowThreshold": {
			inventory.CreateIngredient{Name: "Flour", LowThreshold: -1}, inventory.CreateIngredient{Name: "Flour", LowThreshold: 1 << 31},
		},
	} {
		for _, cmd := range commands {
			requireRefusal(t, cmd.Validate(), fault.BadUserInput, strings.Split(path, ".")...)
		}
	}
	require.NoError(t, inventory.CreateIngredient{Name: strings.Repeat("é", 120)}.Validate())
}
