package e2e_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A customer can't hold the shop's stock by orders that nobody fetches, however many are sent at once.
func TestOneCustomerCantHoldTheShopsStock(t *testing.T) {
	s := open(t)
	customer, cook := s.signUp("greedy"), s.signIn("cook")
	other := customer.through(s.serve(s.config))
	limited := s.signIn("manager").updateLocation(vars{
		"id": s.locationID("chicago"), "orderLimits": vars{"openOrders": 20, "openPortions": 200, "newCustomerCashOrders": 2},
	})
	require.Empty(t, limited.UserErrors)

	answers := make([]outcome, 8)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() { answers[i] = []*person{customer, other}[i%2].place(s.margherita()) })
	}
	sent.Wait()
	var placed []order
	for _, a := range answers {
		if a.Order != nil {
			placed = append(placed, *a.Order)
			continue
		}
		require.Equal(t, "LIMIT_REACHED", a.UserErrors[0].Code)
		require.Equal(t, []string{"paymentMethod"}, a.UserErrors[0].Path)
	}
	require.Len(t, placed, 2, "in cash, of a customer whom nobody knows")

	late := s.margherita()
	require.Equal(t, "LIMIT_REACHED", customer.refused(customer.place(late)).Code)
	cook.moves(placed[0].ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	require.NotEmpty(t, customer.placed(late).ID, "the same request, once the customer is known")

	for range 2 { // 1 open, and these have 98 portions each
		customer.placed(s.pickup(portion{"Cola", "ONE_SIZE", 49}, portion{"Cola", "ONE_SIZE", 49}))
	}
	many := customer.refused(customer.place(s.pickup(portion{"Cola", "ONE_SIZE", 5})))
	require.Equal(t, "LIMIT_REACHED", many.Code)
	require.Equal(t, []string{"items"}, many.Path)
	require.NotEmpty(t, customer.placed(s.margherita().card("tok_ok")).ID, "up to 200 portions")
	require.NotEmpty(t, cook.placed(s.pickup(portion{"Cola", "ONE_SIZE", 50})).ID)
}

func TestAnOrderIsBoundedByWhatTheGatewayTakes(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	price := func(cents int) {
		manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": cents}}})
	}
	tip := customer.refused(customer.place(s.margherita().with("tip", 1073)))
	require.Equal(t, []string{"tip"}, tip.Path)
	price(100_000_000)
	dear := customer.refused(customer.place(s.margherita()))
	require.Equal(t, "BAD_USER_INPUT", dear.Code)
	require.Equal(t, []string{"items"}, dear.Path)
	require.Equal(t, "An order comes to USD 999,999.99 at most.", dear.Message)
	price(40)
	cheap := customer.refused(customer.place(s.margherita().card("tok_ok")))
	require.Equal(t, []string{"paymentMethod"}, cheap.Path)
	require.Equal(t, "Less than USD 0.50 can't be paid by card.", cheap.Message)
	require.Empty(t, customer.orders(nil).Nodes)

	require.EqualValues(t, 43, customer.placed(s.margherita()).Totals.Total)
	require.EqualValues(t, 1082, func() int64 { price(990); return customer.placed(s.margherita().with("tip", 10)).Totals.Total }())
}

type orderLimits struct{ OpenOrders, OpenPortions, NewCustomerCashOrders *int }

// What is open at one location doesn't count at another, and each has limits of its own.
func TestLimitsAreThoseOfALocation(t *testing.T) {
	s := open(t)
	customer, manager := s.signUp("nora"), s.signIn("manager")
	usual := manager.createLocation(tokyo()).Location.ID
	strict := manager.createLocation(tokyo().having(vars{
		"slug": "strict", "idempotencyKey": "strict", "orderLimits": vars{"openOrders": 2, "newCustomerCashOrders": 0},
	})).Location.ID
	s.fillStock(usual)
	s.fillStock(strict)
	told := ask[struct {
		Usual, Strict, Chicago struct{ OrderLimits orderLimits }
	}](s.visitor(), `query($usual: ID, $strict: ID) {
		usual: location(id: $usual) { ...limits } strict: location(id: $strict) { ...limits } chicago: location(slug: "chicago") { ...limits }
	} fragment limits on Location { orderLimits { openOrders openPortions newCustomerCashOrders } }`, vars{"usual": usual, "strict": strict})
	require.Equal(t, orderLimits{new(20), new(200), new(2)}, told.Usual.OrderLimits)
	require.Equal(t, orderLimits{OpenOrders: new(2), NewCustomerCashOrders: new(0)}, told.Strict.OrderLimits)
	require.Equal(t, orderLimits{}, told.Chicago.OrderLimits)

	require.Equal(t, []string{"paymentMethod"}, customer.refused(customer.place(s.margherita().with("locationId", strict))).Path)
	for range 2 {
		customer.placed(s.margherita().with("locationId", usual))
		customer.placed(s.margherita().card("tok_ok").with("locationId", strict))
	}
	require.Equal(t, []string{"paymentMethod"}, customer.refused(customer.place(s.margherita().with("locationId", usual))).Path)
	require.Equal(t, []string{"items"}, customer.refused(customer.place(s.margherita().card("tok_ok").with("locationId", strict))).Path)
	customer.placed(s.margherita().with("locationId", s.locationID("chicago")))

	lifted := manager.updateLocation(vars{"id": strict, "orderLimits": vars{}})
	require.Equal(t, 2, lifted.Location.Version)
	customer.placed(s.margherita().with("locationId", strict))
	for field, value := range map[string]int{"openOrders": 0, "openPortions": 1_000_001, "newCustomerCashOrders": -1} {
		refused := manager.updateLocation(vars{"id": strict, "orderLimits": vars{field: value}})
		require.Equal(t, []string{"orderLimits", field}, refused.UserErrors[0].Path)
	}
}

func TestADeliveryCostsTheMinimum(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	chicago := s.locationID("chicago")
	require.Empty(t, manager.updateLocation(vars{"id": chicago, "minimumOrder": 1_500}).UserErrors)
	small := s.delivery(portion{"Margherita", "MEDIUM", 1}).with("tip", 600)
	rows := s.countWrittenRows()

	refused := customer.refused(customer.place(small))

	require.Equal(t, refusal{
		Type: "BelowMinimumError", Code: "BELOW_MINIMUM", Message: "Food for USD 15.00 at least is delivered.", Path: []string{"items"}, Minimum: 1_500,
	}, refused)
	require.Equal(t, rows, s.countWrittenRows())
	customer.placed(s.margherita())
	customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 2}))
	manager.updateLocation(vars{"id": chicago, "minimumOrder": 0})
	require.NotEmpty(t, customer.placed(small).ID, "the same request, where it is enough")
}
