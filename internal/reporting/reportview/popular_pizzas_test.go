package reportview_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/reporting/reportview"
)

func TestMostSoldPizzaComesFirst(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	a, b, c, d := s.pizza(t, "A"), s.pizza(t, "B"), s.pizza(t, "C"), s.pizza(t, "D")
	s.addSale(t, s.today, d, "D", 2, 100)
	s.addSale(t, s.today, c, "C", 2, 100)
	s.addSale(t, s.today, b, "B", 2, 200)
	s.addSale(t, s.today, a, "A", 1, 900)
	s.addSale(t, s.today.AddDate(0, 0, -1), a, "A", 2, 10)

	require.Equal(t, []*reportview.PopularPizza{
		{MenuItemID: a, Name: "A", Quantity: new(3), Revenue: new(int64(920))},
		{MenuItemID: b, Name: "B", Quantity: new(2), Revenue: new(int64(400))},
		{MenuItemID: c, Name: "C", Quantity: new(2), Revenue: new(int64(200))},
	}, s.popular(t, reportview.Last7Days, 3))
}

func TestPeriodsAreWholeDaysInUTC(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.pizza(t, "A")
	midnight := s.today.Truncate(24 * time.Hour)
	for _, at := range []time.Time{
		s.today, midnight, midnight.Add(-time.Second), midnight.AddDate(0, 0, -6), midnight.AddDate(0, 0, -7),
		midnight.AddDate(0, 0, -29), midnight.AddDate(0, 0, -30), midnight.AddDate(0, 0, -364),
		midnight.AddDate(0, 0, -365), midnight.AddDate(-20, 0, 0),
	} {
		s.addSale(t, at, id, "A", 1, 100)
	}

	for period, quantity := range map[reportview.Period]int{
		reportview.Today: 2, reportview.Last7Days: 4, reportview.Last30Days: 6, reportview.Last365Days: 8, reportview.AllTime: 10,
	} {
		require.Equal(t, quantity, *s.popular(t, period, 10)[0].Quantity, period)
	}
}

func TestRenamedPizzaIsOneEntryWithItsNewestName(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.pizza(t, "Zebra")
	s.addSale(t, s.today.AddDate(0, 0, -3), id, "Zebra", 1, 100)
	s.addSale(t, s.today, id, "Aardvark", 1, 100)
	s.addSale(t, s.today, id, "Mammoth", 1, 100)
	require.Equal(t, "Aardvark", s.popular(t, reportview.AllTime, 10)[0].Name, "the newest day's")

	s.exec(t, `UPDATE public.menu_items SET name = 'Mammoth'`)
	require.Equal(t, []*reportview.PopularPizza{{MenuItemID: id, Name: "Mammoth", Quantity: new(3), Revenue: new(int64(300))}},
		s.popular(t, reportview.AllTime, 10))

	s.exec(t, `UPDATE public.menu_items SET archived_at = now()`)
	require.Len(t, s.popular(t, reportview.AllTime, 10), 1)
}

func TestCustomersDontSeeWhatIsHiddenOrArchived(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	on, hidden, archived := s.pizza(t, "On"), s.pizza(t, "Hidden"), s.pizza(t, "Archived")
	for _, id := range []uuid.UUID{on, hidden, archived} {
		s.addSale(t, s.today, id, "A", 1, 100)
	}
	s.exec(t, `UPDATE public.menu_items SET is_available = false WHERE id = $1`, hidden)
	s.exec(t, `UPDATE public.menu_items SET archived_at = now() WHERE id = $1`, archived)

	require.Equal(t, []*reportview.PopularPizza{{MenuItemID: on, Name: "A"}}, s.popularWith(t, auth.Actor{}, reportview.Today, 1))
	require.Len(t, s.popular(t, reportview.Today, 10), 3)
}

func TestNoSalesIsAnEmptyList(t *testing.T) {
	t.Parallel()
	require.Equal(t, []*reportview.PopularPizza{}, newShop(t).popular(t, reportview.Today, 1))
}

func TestLimitAndPeriodAreChecked(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	handler := reportview.PopularPizzasHandler{Pool: s.db.Pool, Zones: new(location.Zones), Now: time.Now}
	for _, limit := range []int{-1, 0, 101} {
		_, err := handler.Handle(t.Context(), reportview.PopularPizzas{Period: reportview.Today, Limit: limit})
		require.True(t, fault.Is(err, fault.BadUserInput), "%v", err)
	}
	_, err := handler.Handle(t.Context(), reportview.PopularPizzas{LocationID: s.location, Period: "YESTERDAY", Limit: 1})
	require.True(t, fault.Is(err, fault.BadUserInput), "%v", err)
	require.Empty(t, s.popular(t, reportview.Today, 100))
}

// shop sells pizzas to one customer.
type shop struct {
	db       *pgtest.Database
	today    time.Time
	customer uuid.UUID
	location uuid.UUID
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{db: pgtest.New(t), today: time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC), customer: uuid.New()}
	s.location = s.db.AddLocation(t, "EUR")
	s.exec(t, `INSERT INTO public.customers (id, name, created_at) VALUES ($1, 'Ada', now())`, s.customer)
	return s
}

func (s *shop) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	_, err := s.db.Pool.Exec(t.Context(), statement, args...)
	require.NoError(t, err)
}

func (s *shop) pizza(t *testing.T, name string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	s.exec(t, `
		INSERT INTO public.menu_items (id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
		VALUES ($1, $2, '', 'Pizza', '{}', true, 12, 1, now(), now())`, id, name)
	return id
}

// addSale confirms an order of one line; price is of one portion.
func (s *shop) addSale(t *testing.T, at time.Time, pizza uuid.UUID, name string, quantity, price int) {
	t.Helper()
	order := uuid.New()
	s.exec(t, `
		INSERT INTO public.orders (
			id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents,
			delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at
		)
		VALUES ($1, 1, 'CONFIRMED', 'PICKUP', $2, 'Ada', $3, 0, 0, 0, 0, $3, 'EUR', $4)`,
		order, s.customer, quantity*price, at)
	s.exec(t, `
		INSERT INTO public.order_items (
			order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
		)
		VALUES ($1, 1, $1, $2, $3, 'Pizza', 'MEDIUM', $4, $5, $6)`,
		order, pizza, name, quantity, price, quantity*price)
}

func (s *shop) popular(t *testing.T, period reportview.Period, limit int) []*reportview.PopularPizza {
	t.Helper()
	return s.popularWith(t, auth.Actor{Roles: []auth.Role{auth.RoleManager}}, period, limit)
}

func (s *shop) popularWith(t *testing.T, by auth.Actor, period reportview.Period, limit int) []*reportview.PopularPizza {
	t.Helper()
	// The same instant in another zone, where it is tomorrow already.
	now := func() time.Time { return s.today.In(time.FixedZone("east", 3*3600)) }
	pizzas, err := (&reportview.PopularPizzasHandler{Pool: s.db.Pool, Zones: new(location.Zones), Now: now}).
		Handle(t.Context(), reportview.PopularPizzas{By: by, LocationID: s.location, Period: period, Limit: limit})
	require.NoError(t, err)
	return pizzas
}
