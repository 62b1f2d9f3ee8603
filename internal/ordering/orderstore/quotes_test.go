package orderstore_test

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion/promotionstore"
)

// quotingShop is a stocked shop with handlers that quote, and place what was quoted.
type quotingShop struct {
	*stockedShop
	store *orderstore.Store
	quote *ordering.QuoteOrderHandler
	clock atomic.Int64 // since noon
}

func newQuotingShop(t *testing.T) *quotingShop {
	t.Helper()
	s := &quotingShop{stockedShop: newStockedShop(t)}
	db := s.Gorm
	s.store = orderstore.New(db)
	now := func() time.Time { return noon.Add(time.Duration(s.clock.Load())) }
	s.quote = &ordering.QuoteOrderHandler{
		PreviewOrderHandler: &ordering.PreviewOrderHandler{
			Dishes: menustore.New(db), Places: s.store, Promotions: promotionstore.New(db), Stock: inventorystore.New(db),
			Zones: new(location.Zones), Gateway: &stripegateway.Gateway{}, Now: now,
		},
		Quotes: s.store, NewID: uuid.New,
	}
	s.place.Orders, s.place.Quotes, s.place.Places, s.place.Now = s.store, s.store, s.store, now
	return s
}

func (s *quotingShop) pass(d time.Duration) { s.clock.Add(int64(d)) }

func (s *quotingShop) dropExpired(t *testing.T) int64 {
	t.Helper()
	dropped, err := s.store.DropExpired(t.Context(), noon.Add(time.Duration(s.clock.Load())))
	require.NoError(t, err)
	return dropped
}

// asks is a quote of so many portions. A visitor has no id.
func asks(by uuid.UUID, dish uuid.UUID, portions int, codes ...string) ordering.QuoteOrder {
	return ordering.QuoteOrder{Address: "192.0.2.1", PreviewOrder: ordering.PreviewOrder{
		By: auth.Actor{ID: by, Name: "Ada"}, Fulfillment: ordering.Pickup, CouponCodes: codes,
		Items: []ordering.ItemRequest{{MenuItemID: dish, Size: menu.OneSize, Quantity: portions}},
	}}
}

func placing(by uuid.UUID, quote uuid.UUID) ordering.PlaceOrder {
	return ordering.PlaceOrder{OrderID: uuid.New(), By: auth.Actor{ID: by, Name: "Ada"}, QuoteID: &quote, PaymentMethod: payment.Cash}
}

// addCode adds a code that may be used so often.
func (s *quotingShop) addCode(t *testing.T, code string, uses int) {
	t.Helper()
	_, err := s.Pool.Exec(t.Context(), `
		INSERT INTO public.promotions
			(id, location_id, name, code, code_folded, priority, reward, conditions, menu_item_ids, max_uses, version, created_at, updated_at)
		VALUES (gen_random_uuid(), $1, 'Ten off', $2, lower($2 COLLATE "C"), 0, '{"kind": "PERCENT", "basisPoints": 1000}', '{}', '[]', $3, 1, $4, $4)`,
		s.Location, code, uses, noon)
	require.NoError(t, err)
}

// held tells how much flour is reserved, and how often promotions are used.
func (s *quotingShop) held(t *testing.T) (flourReserved, uses int) {
	t.Helper()
	require.NoError(t, s.Pool.QueryRow(t.Context(), `
		SELECT l.reserved, (SELECT coalesce(sum(p.uses), 0) FROM public.promotions AS p)
		FROM public.stock_levels AS l WHERE l.ingredient_id = $1`, flour).Scan(&flourReserved, &uses))
	return flourReserved, uses
}

func (s *quotingShop) requireConsistent(t *testing.T) {
	t.Helper()
	var wrong int
	require.NoError(t, s.Pool.QueryRow(t.Context(), `
		SELECT
			(
				SELECT count(*) FROM public.stock_levels AS l
				WHERE (l.on_hand, l.reserved) <> (
					SELECT coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0) FROM public.stock_movements AS m
					WHERE m.ingredient_id = l.ingredient_id AND m.location_id = l.location_id
				)
			) + (
				SELECT count(*) FROM public.stock_movements AS m
				WHERE m.quote_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.quotes AS q WHERE q.id = m.quote_id)
			) + (
				SELECT count(*) FROM public.promotions AS p
				WHERE p.uses <> (SELECT count(*) FROM public.promotion_redemptions AS r WHERE r.promotion_id = p.id AND r.released_at IS NULL)
					+ (SELECT count(*) FROM public.promotion_holds AS h WHERE h.promotion_id = p.id)
			)`).Scan(&wrong))
	require.Zero(t, wrong)
}

func TestAQuoteIsStoredAsItWasMadeAndOrderedSo(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	s.addCode(t, "TEN", 3)
	pizza := s.dish(t, "Pizza", menu.Ingredient{ID: flour, Quantity: 1}, menu.Ingredient{ID: cheese, Quantity: 1})

	quote, err := s.quote.Handle(t.Context(), asks(s.Customer, pizza, 2, "ten"))
	require.NoError(t, err)
	require.Empty(t, quote.Problems)
	stored, err := s.store.Quote(t.Context(), quote.ID)
	require.NoError(t, err)

	require.Equal(t, quote.Totals, stored.Order.Totals)
	require.Equal(t, quote.PriceLines, stored.Order.PriceLines)
	require.Equal(t, *quote.Promise, stored.Order.Promise)
	require.Equal(t, map[uuid.UUID]int64{flour: 2, cheese: 2}, stored.Order.Needs())
	require.Equal(t, noon.Add(ordering.QuoteLasts), quote.ExpiresAt)
	reserved, uses := s.held(t)
	require.Equal(t, []int{2, 1}, []int{reserved, uses})

	done, err := s.place.Handle(t.Context(), placing(s.Customer, quote.ID))
	require.NoError(t, err)
	order, err := s.store.GetWhole(t.Context(), done.OrderID)
	require.NoError(t, err)
	require.Equal(t, quote.Totals, order.State().Totals)
	reserved, uses = s.held(t)
	require.Equal(t, []int{2, 1}, []int{reserved, uses})
	s.requireConsistent(t)
	_, err = s.store.Update(t.Context(), done.OrderID, func(o *ordering.Order) error {
		return o.Do(ordering.Cancel, auth.Actor{ID: s.Customer}, nil, nil, noon)
	})
	require.NoError(t, err)
	reserved, uses = s.held(t)
	require.Equal(t, []int{0, 0}, []int{reserved, uses}, "a cancelled order gives back what it got from the quote")
	s.requireConsistent(t)
}

func TestAnExpiredQuoteIsNotOrderedThoughNobodyHasDroppedItYet(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	quote, err := s.quote.Handle(t.Context(), asks(s.Customer, plate, 1))
	require.NoError(t, err)

	s.pass(ordering.QuoteLasts)
	_, err = s.place.Handle(t.Context(), placing(s.Customer, quote.ID))

	require.True(t, fault.Is(err, fault.QuoteExpired), "%v", err)
	require.EqualValues(t, 1, s.dropExpired(t))
	require.Zero(t, s.dropExpired(t))
	s.requireConsistent(t)
}

// What a customer holds is free to the customer: the last portions stay theirs, whatever else changes.
func TestANewQuoteTakesThePlaceOfTheLast(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	s.addCode(t, "LAST", 1)
	pizza := s.dish(t, "Pizza", menu.Ingredient{ID: flour, Quantity: 1}, menu.Ingredient{ID: cheese, Quantity: 1})
	for _, portions := range []int{3, 5, 4, 5} {
		quote, err := s.quote.Handle(t.Context(), asks(s.Customer, pizza, portions, "LAST"))
		require.NoError(t, err)
		require.Empty(t, quote.Problems)
		reserved, uses := s.held(t)
		require.Equal(t, []int{portions, 1}, []int{reserved, uses})
	}

	tooMany, err := s.quote.Handle(t.Context(), asks(s.Customer, pizza, 6))
	require.NoError(t, err)
	require.Equal(t, fault.InsufficientStock, tooMany.Problems[0].Code)
	reserved, uses := s.held(t)
	require.Equal(t, []int{0, 0}, []int{reserved, uses})
	s.requireConsistent(t)
}

func TestADeletedAccountHoldsNothing(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	quote, err := s.quote.Handle(t.Context(), asks(s.Customer, plate, 1))
	require.NoError(t, err)

	for _, want := range []bool{false, true} {
		clean, err := s.store.Forget(t.Context(), s.Customer)
		require.NoError(t, err)
		require.Equal(t, want, clean)
	}

	gone, err := s.store.Quote(t.Context(), quote.ID)
	require.NoError(t, err)
	require.Nil(t, gone)
	s.requireConsistent(t)
}

// Clients quote, order, and let quotes expire, all at once, and more than there is.
func TestWhateverClientsDoAtOnceStockComesBackAndIsNeverOversold(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	s.addCode(t, "FEW", 3)
	_, err := s.Pool.Exec(t.Context(), `
		UPDATE public.locations AS l SET open_orders_limit = NULL, open_portions_limit = NULL, new_customer_cash_orders_limit = NULL`)
	require.NoError(t, err)
	dishes := []uuid.UUID{
		s.dish(t, "Pizza", menu.Ingredient{ID: flour, Quantity: 1}, menu.Ingredient{ID: cheese, Quantity: 1}),
		s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1}),
		s.dish(t, "Bread", menu.Ingredient{ID: flour, Quantity: 2}),
	}
	customers := make([]uuid.UUID, 4)
	for i := range customers {
		customers[i] = uuid.New()
		_, err := s.Pool.Exec(t.Context(), `INSERT INTO public.customers (id, name, created_at) VALUES ($1, 'Ada', now())`, customers[i])
		require.NoError(t, err)
	}
	var placed atomic.Int64
	var clients sync.WaitGroup
	for i := range 6 {
		clients.Go(func() {
			by, last := uuid.Nil, (*uuid.UUID)(nil) // two visitors
			if i < len(customers) {
				by = customers[i]
			}
			for range 15 {
				wanted := asks(by, dishes[rand.N(len(dishes))], 1+rand.N(2), [][]string{nil, {"FEW"}}[rand.N(2)]...)
				wanted.Last = last
				quote, err := s.quote.Handle(t.Context(), wanted)
				if err != nil {
					assert.True(t, postgres.Retryable(err), "%v", err)
					continue
				}
				last = &quote.ID
				switch rand.N(4) {
				case 0:
					_, err = s.place.Handle(t.Context(), placing(customers[rand.N(len(customers))], quote.ID))
					if err == nil {
						placed.Add(1)
					} else {
						assert.True(t, postgres.Retryable(err) || fault.Is(err, fault.QuoteExpired), "%v", err)
					}
				case 1:
					s.pass(ordering.QuoteLasts / 4)
					_, err = s.store.DropExpired(t.Context(), noon.Add(time.Duration(s.clock.Load())))
					assert.True(t, err == nil || postgres.Retryable(err), "%v", err)
				}
			}
		})
	}
	clients.Wait()
	s.requireConsistent(t)
	s.pass(ordering.QuoteLasts)
	s.dropExpired(t)

	s.requireConsistent(t)
	var quotes, held, orders int
	require.NoError(t, s.Pool.QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM public.quotes), (SELECT count(*) FROM public.stock_movements WHERE kind = 'HELD'), (SELECT count(*) FROM public.orders)`,
	).Scan(&quotes, &held, &orders))
	require.Equal(t, []int{0, 0, int(placed.Load())}, []int{quotes, held, orders})
	require.Positive(t, orders)
}

// What a customer holds isn't in the way of an order of theirs that is placed without the quote.
func TestAnOrderWithoutAQuoteEndsTheCustomersOwn(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	s.addCode(t, "LAST", 1)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	quote, err := s.quote.Handle(t.Context(), asks(s.Customer, plate, 5, "LAST"))
	require.NoError(t, err)
	require.Empty(t, quote.Problems)

	_, err = s.place.Handle(t.Context(), ordering.PlaceOrder{
		OrderID: uuid.New(), By: auth.Actor{ID: s.Customer, Name: "Ada"}, Details: ordering.Details{Fulfillment: ordering.Pickup}, PaymentMethod: payment.Cash,
		Items: []ordering.ItemRequest{{MenuItemID: plate, Size: menu.OneSize, Quantity: 5}}, CouponCodes: []string{"LAST"},
	})

	require.NoError(t, err)
	_, err = s.place.Handle(t.Context(), placing(s.Customer, quote.ID))
	require.True(t, fault.Is(err, fault.QuoteExpired), "%v", err)
	s.requireConsistent(t)
}
