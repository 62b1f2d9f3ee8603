package customerview_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/pgtest"
)

func TestHistoryAddsUpWhatCounts(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	margherita, cola := s.item(t), s.item(t)
	ada, bob := s.customer(t), s.customer(t)
	s.order(t, ada, "DELIVERED", 300, line{margherita, "Margherita", "Pizza", 2}, line{cola, "Cola", "Drinks", 9})
	s.order(t, ada, "CONFIRMED", 50, line{cola, "Cola", "Drinks", 1})
	s.order(t, ada, "CANCELLED", 0, line{margherita, "Margherita", "Pizza", 7})
	s.order(t, ada, "PENDING", 0, line{margherita, "Margherita", "Pizza", 7})
	s.order(t, bob, "DELIVERED", 0, line{margherita, "Margherita", "Pizza", 7})

	history := s.history(t, ada)

	require.Equal(t, &customerview.OrderHistory{
		CustomerID: ada, TotalOrders: 2, Spent: []customerview.Spent{{Currency: "EUR", Amount: 1100 + 300 + 100 + 50}}, // lines cost 100 a portion, and the tips
		FavoritePizzas: []customerview.FavoritePizza{{MenuItemID: margherita, Name: "Margherita", Quantity: 2}},
	}, history)

	s.exec(t, `UPDATE public.orders SET status = 'CANCELLED' WHERE customer_id = $1 AND status = 'CONFIRMED'`, ada)
	require.Equal(t, 1, s.history(t, ada).TotalOrders)
}

func TestFavoritesAreTheFiveMostOrderedPizzas(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ada := s.customer(t)
	for quantity := 1; quantity <= 7; quantity++ {
		s.order(t, ada, "DELIVERED", 0, line{s.item(t), fmt.Sprint("Pizza ", quantity), "Pizza", quantity})
	}
	renamed := s.item(t)
	s.order(t, ada, "DELIVERED", 0, line{renamed, "Old", "Pizza", 2}, line{renamed, "New", "Pizza", 4})

	var names []string
	for _, favorite := range s.history(t, ada).FavoritePizzas {
		names = append(names, fmt.Sprint(favorite.Name, " x", favorite.Quantity))
	}

	require.Equal(t, []string{"Pizza 7 x7", "New x6", "Pizza 6 x6", "Pizza 5 x5", "Pizza 4 x4"}, names)
}

func TestWhoBoughtNothingHasZeros(t *testing.T) {
	t.Parallel()
	nobody := uuid.New()
	require.Equal(t,
		&customerview.OrderHistory{CustomerID: nobody, Spent: []customerview.Spent{}, FavoritePizzas: []customerview.FavoritePizza{}},
		newShop(t).history(t, nobody))
}

type shop struct{ db *pgtest.Database }

type line struct {
	item           uuid.UUID
	name, category string
	quantity       int
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{db: pgtest.New(t)}
	s.db.AddLocation(t, "EUR")
	return s
}

func (s *shop) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	_, err := s.db.Pool.Exec(t.Context(), statement, args...)
	require.NoError(t, err)
}

func (s *shop) customer(t *testing.T) uuid.UUID {
	t.Helper()
	id := uuid.New()
	s.exec(t, `INSERT INTO public.customers (id, name, created_at) VALUES ($1, 'Ada', now())`, id)
	return id
}

func (s *shop) item(t *testing.T) uuid.UUID {
	t.Helper()
	id := uuid.New()
	s.exec(t, `
		INSERT INTO public.menu_items (id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
		VALUES ($1, 'Item', '', 'Pizza', '{}', true, 12, 1, now(), now())`, id)
	return id
}

// order stores an order at 100 a portion, and the tip.
func (s *shop) order(t *testing.T, customer uuid.UUID, status string, tip int, lines ...line) {
	t.Helper()
	order := uuid.New()
	subtotal := 0
	for _, l := range lines {
		subtotal += 100 * l.quantity
	}
	s.exec(t, `
		INSERT INTO public.orders (
			id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents,
			delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at
		)
		VALUES ($1, 1, $2, 'PICKUP', $3, 'Ada', $4, 0, 0, 0, $5, $6, 'EUR', now())`,
		order, status, customer, subtotal, tip, subtotal+tip)
	for i, l := range lines {
		s.exec(t, `
			INSERT INTO public.order_items (
				order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
			)
			VALUES ($1, $2, $3, $4, $5, $6, 'MEDIUM', $7, 100, $8)`,
			order, i+1, uuid.New(), l.item, l.name, l.category, l.quantity, 100*l.quantity)
	}
}

func (s *shop) history(t *testing.T, customer uuid.UUID) *customerview.OrderHistory {
	t.Helper()
	history, err := (&customerview.CustomerHistoryHandler{Pool: s.db.Pool}).
		Handle(t.Context(), customerview.CustomerHistory{CustomerID: customer})
	require.NoError(t, err)
	return history
}
