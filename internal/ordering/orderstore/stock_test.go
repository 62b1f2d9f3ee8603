package orderstore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion/promotionstore"
)

// The ingredients in the order in which they are locked.
var flour, cheese = uuid.MustParse("00000000-0000-7000-8000-00000000000f"), uuid.MustParse("00000000-0000-7000-8000-0000000000ce")

// An order that waits for stock must not hold a lock on a dish that another order is about to make unavailable.
func TestOrdersThatMakeTheSameDishUnavailable(t *testing.T) {
	t.Parallel()
	s := newStockedShop(t)
	familyPizza := s.dish(t, "Family pizza", menu.Ingredient{ID: flour, Quantity: 5}, menu.Ingredient{ID: cheese, Quantity: 5})
	pizza := s.dish(t, "Pizza", menu.Ingredient{ID: flour, Quantity: 1}, menu.Ingredient{ID: cheese, Quantity: 1})
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	manager, err := s.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = manager.Exec(t.Context(), `SELECT FROM public.menu_items WHERE id = $1 FOR NO KEY UPDATE`, familyPizza)
	require.NoError(t, err)

	first := s.order(t, pizza) // waits for the family pizza, behind the manager
	s.awaitWaiting(t, 1)
	second := s.order(t, plate)
	s.awaitWaiting(t, 2)
	require.NoError(t, manager.Rollback(t.Context()))

	require.NoError(t, <-first)
	require.NoError(t, <-second)
	require.Equal(t, "4 on the shelf, not available", s.stockState(t))
}

// stockedShop has 5 units of each ingredient. Its handler has no time limit.
type stockedShop struct {
	*eventstest.Shop
	place *ordering.PlaceOrderHandler
}

func newStockedShop(t *testing.T) *stockedShop {
	t.Helper()
	shop := eventstest.Open(t)
	pool, err := postgres.Connect(t.Context(), shop.DSN, postgres.Options{MaxConns: 4, NoTimeouts: true})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	db, err := postgres.OpenGORM(pool)
	require.NoError(t, err)
	t.Cleanup(func() {
		conns, err := db.DB()
		require.NoError(t, err)
		require.NoError(t, conns.Close())
	})
	for id, name := range map[uuid.UUID]string{flour: "Flour", cheese: "Cheese"} {
		require.NoError(t, inventorystore.New(db).Add(t.Context(), inventory.Ingredient{ID: id, Name: name, Stock: []inventory.LocationStock{{OnHand: 5}}}, auth.System().Author(), noon))
	}
	orders := orderstore.New(db)
	return &stockedShop{Shop: shop, place: &ordering.PlaceOrderHandler{
		Orders: orders, Dishes: menustore.New(db), Promotions: promotionstore.New(db), Places: orders, Quotes: orders, Zones: new(location.Zones), Gateway: &stripegateway.Gateway{},
		Now: func() time.Time { return noon }, NewID: uuid.New,
	}}
}

func (s *stockedShop) dish(t *testing.T, name string, recipe ...menu.Ingredient) uuid.UUID {
	t.Helper()
	id := uuid.New()
	tx, err := s.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `
		INSERT INTO public.menu_items
			(id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
		VALUES ($1, $2, '', 'Food', '{}', true, 10, 1, $3, $3)`, id, name, noon)
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `INSERT INTO public.menu_item_prices (menu_item_id, size, price_cents) VALUES ($1, 'ONE_SIZE', 900)`, id)
	require.NoError(t, err)
	for _, i := range recipe {
		_, err = tx.Exec(t.Context(), `INSERT INTO public.recipes (menu_item_id, ingredient_id, quantity) VALUES ($1, $2, $3)`, id, i.ID, i.Quantity)
		require.NoError(t, err)
	}
	require.NoError(t, tx.Commit(t.Context()))
	return id
}

// order places an order in the background, without retries, and sends the outcome.
func (s *stockedShop) order(t *testing.T, dish uuid.UUID) <-chan error {
	t.Helper()
	done := make(chan error, 1)
	go func() {
		_, err := s.place.Handle(t.Context(), ordering.PlaceOrder{
			OrderID: uuid.New(), By: auth.Actor{ID: s.Customer, Name: "Ada"}, Details: ordering.Details{Fulfillment: ordering.Pickup}, PaymentMethod: payment.Cash,
			Items: []ordering.ItemRequest{{MenuItemID: dish, Size: menu.OneSize, Quantity: 1}},
		})
		done <- err
	}()
	return done
}

// awaitWaiting returns once the given number of connections wait for a lock.
func (s *stockedShop) awaitWaiting(t *testing.T, connections int) {
	t.Helper()
	require.Eventually(t, func() bool {
		var waiting int
		err := s.Pool.QueryRow(t.Context(), `
			SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting)
		return err == nil && waiting == connections
	}, 30*time.Second, time.Millisecond)
}

// stockState returns how much flour is left, and whether the family pizza is available on the menu.
func (s *stockedShop) stockState(t *testing.T) (state string) {
	t.Helper()
	err := s.Pool.QueryRow(t.Context(), `
		SELECT l.on_hand - l.reserved || ' on the shelf, ' || CASE WHEN m.is_available THEN 'available' ELSE 'not available' END
		FROM public.stock_levels AS l, public.menu_view AS m
		WHERE l.ingredient_id = $1 AND m.name = 'Family pizza'`, flour).Scan(&state)
	require.NoError(t, err)
	return state
}
