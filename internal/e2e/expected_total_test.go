package e2e_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnotherTotalThanExpectedPlacesNothing(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	basket := s.margherita().card("tok_ok").with("tip", 100)
	shown := customer.placed(basket).Totals.Total
	manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 9900}}})
	rows, stock := s.countWrittenRows(), manager.stock()

	late := s.margherita().card("tok_ok").with("tip", 100).with("expectedTotal", shown)
	refused := customer.refused(customer.place(late))

	now := int64(9900 + 817 + 100) // 8.25 % of 99.00 are 8.1675
	require.Equal(t, refusal{
		Type: "PriceChangedError", Code: "PRICE_CHANGED", Message: "The order costs something else now. Nothing was placed.",
		Path: []string{"expectedTotal"}, Total: now,
	}, refused)
	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, stock, manager.stock())
	agreed := customer.placed(s.margherita().card("tok_ok").with("tip", 100).with("expectedTotal", refused.Total))
	require.Equal(t, now, agreed.Totals.Total)
	require.Equal(t, now, s.charges(agreed.ID).Held)
}

func TestARepeatedOrderIsTheSameHoweverThePriceChangesMeanwhile(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	price := func(cents int) {
		manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": cents}}})
	}
	price(1000)
	basket := s.margherita().with("expectedTotal", 1083)
	placed := customer.placed(basket)

	price(2000)
	require.Equal(t, placed.ID, customer.placed(basket).ID, "it was placed")
	other := s.margherita().with("expectedTotal", 1083)
	require.EqualValues(t, 2165, customer.refused(customer.place(other)).Total)
	price(3000)
	require.EqualValues(t, 3248, customer.refused(customer.place(other)).Total, "today's price, not that of the first try")
	price(1000)
	require.EqualValues(t, 1083, customer.placed(other).Totals.Total)

	nothing := s.margherita().with("expectedTotal", 0)
	require.EqualValues(t, 1083, customer.refused(customer.place(nothing)).Total)
	delete(nothing, "expectedTotal")
	require.Equal(t, "IDEMPOTENCY_CONFLICT", customer.refused(customer.place(nothing)).Code, "that is another request")
}

func TestNobodyPaysAnotherTotalThanExpectedWhileThePriceChanges(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	var placed, refused atomic.Int64
	var all sync.WaitGroup
	for _, name := range []string{"ada", "bob", "cyd"} {
		customer := s.signUp(name)
		all.Go(func() {
			for range 10 {
				done := customer.place(s.margherita().with("expectedTotal", 1083))
				if done.Order == nil {
					refused.Add(1)
					assert.Equal(t, "PRICE_CHANGED", done.UserErrors[0].Code)
					continue
				}
				placed.Add(1)
				assert.EqualValues(t, 1083, done.Order.Totals.Total)
			}
		})
	}
	all.Go(func() {
		for i := range 15 {
			manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 1000 + i%2}}})
		}
	})
	all.Wait()

	require.EqualValues(t, 30, placed.Load()+refused.Load())
	var other int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.orders AS o WHERE o.total_cents <> 1083`).Scan(&other))
	require.Zero(t, other)
}
