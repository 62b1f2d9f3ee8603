package inventory_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
)

// mia manages all locations.
var mia = auth.Actor{ID: uuid.New(), Name: "Mia", Roles: []auth.Role{auth.RoleManager}}

// stock is the write side on a database of the test's own.
type stock struct {
	db      *pgtest.Database
	at      uuid.UUID // its first location
	store   *inventorystore.Store
	creates *inventory.CreateIngredientHandler
	sets    *inventory.SetStockHandler

	availability *inventory.SetIngredientAvailabilityHandler
}

func newStock(t *testing.T) *stock {
	t.Helper()
	db := pgtest.New(t)
	at := db.AddLocation(t, "EUR")
	s := newStockOn(t, db)
	s.at = at
	return s
}

func newStockOn(t *testing.T, db *pgtest.Database) *stock {
	t.Helper()
	store := inventorystore.New(db.Gorm)
	now := func() time.Time { return noon }
	return &stock{
		db: db, store: store,
		creates: &inventory.CreateIngredientHandler{Ingredients: store, Now: now},
		sets:    &inventory.SetStockHandler{Stock: store, Now: now},

		availability: &inventory.SetIngredientAvailabilityHandler{Stock: store, Zones: new(location.Zones), Now: now},
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
	cmd := inventory.SetStock{By: mia, IngredientID: id, OnHand: onHand}
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
		FROM public.location_stock_view AS g
		LEFT JOIN (
			SELECT ingredient_id, location_id, sum(on_hand) AS on_hand, sum(reserved) AS reserved
			FROM public.stock_movements GROUP BY ingredient_id, location_id
		) AS m ON m.ingredient_id = g.id AND m.location_id = g.location_id
		WHERE g.on_hand <> coalesce(m.on_hand, 0) OR g.reserved <> coalesce(m.reserved, 0)`).Scan(&unexplained))
	require.Zero(t, unexplained)
}

func requireRefusal(t *testing.T, err error, code fault.Code, path ...string) {
	t.Helper()
	refusal, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, refusal.Code)
	require.Equal(t, path, refusal.Path)
}
