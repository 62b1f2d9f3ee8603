package inventory_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
)

func TestCreateIngredientExplainsItsStock(t *testing.T) {
	t.Parallel()
	s := newStock(t)

	flour := s.create(t, inventory.CreateIngredient{Name: " Flour ", OnHand: 500, LowThreshold: 50})
	s.create(t, inventory.CreateIngredient{Name: "Salt"})

	require.Equal(t, "Flour 500 0 50", s.row(t, flour))
	require.Equal(t, []int{500}, s.movements(t))
	s.requireExplained(t)
}

func TestCreateIngredientRefusesATakenName(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.create(t, inventory.CreateIngredient{Name: "Flour", OnHand: 1})

	_, err := s.creates.Handle(t.Context(), inventory.CreateIngredient{IngredientID: uuid.New(), Name: "fLOUR", OnHand: 2})

	requireRefusal(t, err, fault.AlreadyExists, "name")
	require.Equal(t, []int{1}, s.movements(t))
}

func TestSetStockWritesTheDifference(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", OnHand: 500})

	for _, onHand := range []int{450, 450, 900, 0, 2_147_483_647} {
		s.set(t, flour, onHand)
		s.requireExplained(t)
	}

	require.Equal(t, []int{500, -50, 450, -900, 2_147_483_647}, s.movements(t))
}

func TestSetStockRefusesLessThanIsPromised(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", OnHand: 500})
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.stock_levels SET reserved = 200`)
	require.NoError(t, err)

	_, err = s.sets.Handle(t.Context(), inventory.SetStock{IngredientID: flour, OnHand: 199})
	requireRefusal(t, err, fault.BadUserInput, "onHand")
	require.Equal(t, "Flour 500 200 0", s.row(t, flour))

	s.set(t, flour, 200)
	require.Equal(t, "Flour 200 200 0", s.row(t, flour))
}

func TestSetStockOfAnUnknownIngredientIsNotFound(t *testing.T) {
	t.Parallel()
	s := newStock(t)

	_, err := s.sets.Handle(t.Context(), inventory.SetStock{IngredientID: uuid.New(), OnHand: 1})

	requireRefusal(t, err, fault.NotFound, "ingredientId")
}

func TestConcurrentCountsAddUp(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "Flour", OnHand: 5})

	var group errgroup.Group
	for i := range 20 {
		group.Go(func() error {
			_, err := s.sets.Handle(t.Context(), inventory.SetStock{IngredientID: flour, OnHand: i})
			return err
		})
	}

	require.NoError(t, group.Wait())
	s.requireExplained(t)
}

func TestAddMissingKeepsWhatIsThereByIDOrName(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	flour := s.create(t, inventory.CreateIngredient{Name: "flour", OnHand: 5})
	salt := s.create(t, inventory.CreateIngredient{Name: "Sea salt", OnHand: 6})
	sameName, added := uuid.New(), uuid.New()

	for range 2 {
		there, err := s.store.AddMissing(t.Context(), []inventory.Ingredient{
			{ID: sameName, Name: "Flour", OnHand: 100},
			{ID: salt, Name: "Salt", OnHand: 100},
			{ID: added, Name: "Water", OnHand: 100, LowThreshold: 10},
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
		"onHand": {
			inventory.CreateIngredient{Name: "Flour", OnHand: -1},
			inventory.CreateIngredient{Name: "Flour", OnHand: 1 << 31},
			inventory.SetStock{OnHand: -1},
			inventory.SetStock{OnHand: 1 << 31},
		},
		"lowThreshold": {
			inventory.CreateIngredient{Name: "Flour", LowThreshold: -1}, inventory.CreateIngredient{Name: "Flour", LowThreshold: 1 << 31},
		},
	} {
		for _, cmd := range commands {
			requireRefusal(t, cmd.Validate(), fault.BadUserInput, path)
		}
	}
	require.NoError(t, inventory.CreateIngredient{Name: strings.Repeat("é", 120)}.Validate())
}

// stock is the write side on a database of the test's own.
type stock struct {
	db      *pgtest.Database
	store   *inventorystore.Store
	creates *inventory.CreateIngredientHandler
	sets    *inventory.SetStockHandler
}

func newStock(t *testing.T) *stock {
	t.Helper()
	db := pgtest.New(t)
	store := inventorystore.New(db.Gorm)
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	return &stock{
		db: db, store: store,
		creates: &inventory.CreateIngredientHandler{Ingredients: store, Now: now},
		sets:    &inventory.SetStockHandler{Stock: store, Now: now},
	}
}

func (s *stock) create(t *testing.T, cmd inventory.CreateIngredient) uuid.UUID {
	t.Helper()
	require.NoError(t, cmd.Validate())
	id, err := s.creates.Handle(t.Context(), cmd.WithSubject(uuid.New()))
	require.NoError(t, err)
	return id
}

func (s *stock) set(t *testing.T, id uuid.UUID, onHand int) {
	t.Helper()
	cmd := inventory.SetStock{IngredientID: id, OnHand: onHand}
	require.NoError(t, cmd.Validate())
	_, err := s.sets.Handle(t.Context(), cmd)
	require.NoError(t, err)
}

func (s *stock) row(t *testing.T, id uuid.UUID) (row string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat_ws(' ', name, on_hand, reserved, low_threshold) FROM public.ingredient_view WHERE id = $1`, id).Scan(&row))
	return row
}

// movements are the differences counted, in order.
func (s *stock) movements(t *testing.T) (counted []int) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(on_hand ORDER BY id) FROM public.stock_movements WHERE kind = 'COUNTED'`).Scan(&counted))
	return counted
}

// requireExplained checks that the movements add up to the stock.
func (s *stock) requireExplained(t *testing.T) {
	t.Helper()
	var unexplained int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT count(*)
		FROM public.ingredient_view AS g
		LEFT JOIN (
			SELECT ingredient_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved
			FROM public.stock_movements GROUP BY ingredient_id
		) AS m ON m.ingredient_id = g.id
		WHERE g.on_hand <> coalesce(m.on_hand, 0) OR g.reserved <> coalesce(m.reserved, 0)`).Scan(&unexplained))
	require.Zero(t, unexplained)
}

func requireRefusal(t *testing.T, err error, code fault.Code, path string) {
	t.Helper()
	refusal, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, refusal.Code)
	require.Equal(t, []string{path}, refusal.Path)
}
