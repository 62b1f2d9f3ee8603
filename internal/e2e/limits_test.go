package e2e_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// A customer can't hold the shop's stock by orders that nobody fetches, however many are sent at once.
func TestOneCustomerCantHoldTheShopsStock(t *testing.T) {
	s := open(t, func(c *server.Config) { c.RateLimit = 10_000 })
	customer, cook := s.signUp("greedy"), s.signIn("cook")

	answers := make([]outcome, 8)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() { answers[i] = customer.place(s.margherita()) })
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
	price(40)
	cheap := customer.refused(customer.place(s.margherita().card("tok_ok")))
	require.Equal(t, []string{"paymentMethod"}, cheap.Path)
	require.Empty(t, customer.orders(nil).Nodes)

	require.EqualValues(t, 43, customer.placed(s.margherita()).Totals.Total)
	require.EqualValues(t, 1082, func() int64 { price(990); return customer.placed(s.margherita().with("tip", 10)).Totals.Total }())
}
