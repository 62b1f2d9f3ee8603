package e2e_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A shop in Kuwait: a card is charged thousandths, of which the last is 0, and gives them back in parts.
func TestAShopWhoseCurrencyHasThreeDecimals(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	kuwait := tokyo().having(vars{"slug": "kuwait", "idempotencyKey": "kuwait", "currency": "KWD", "pricesIncludeTax": false, "taxRates": rates(733, 733, 0)})
	odd := manager.createLocation(kuwait.with("deliveryFee", 505)).UserErrors[0]
	require.Equal(t, []string{"deliveryFee"}, odd.Path)
	require.Equal(t, "KWD 0.505 can't be paid: amounts are multiples of KWD 0.010.", odd.Message)
	there := manager.createLocation(kuwait).Location.ID
	s.fillStock(there)
	at := func(b basket) basket { return b.with("locationId", there) }

	tip := customer.refused(customer.place(at(s.margherita().with("tip", 5))))
	require.Equal(t, []string{"tip"}, tip.Path)
	placed := customer.placed(at(s.delivery(portion{"Margherita", "MEDIUM", 3})).card("tok_ok").with("tip", 20))
	require.EqualValues(t, 2_970+220+500+20, placed.Totals.Total, "7.33 % of 2.970 are 0.217701")
	require.Equal(t, "AUTHORIZED", placed.Payment.Status)
	manager.moves(placed.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder")

	require.Equal(t, "KWD 0.025 can't be paid: amounts are multiples of KWD 0.010.", manager.refund(placed.ID, "amount", 25).UserErrors[0].Message)
	require.Equal(t, "KWD 0.020 of the tip are left to give back.", manager.refund(placed.ID, "tip", 30).UserErrors[0].Message)
	for range 3 {
		part := manager.refund(placed.ID, "lines", []vars{{"itemId": placed.Items[0].ID, "quantity": 1}})
		require.Empty(t, part.UserErrors)
		require.Zero(t, part.Refund.Amount%10)
		require.Equal(t, "SUCCEEDED", part.Refund.Status)
	}
	rest := manager.refund(placed.ID, "tip", 20, "deliveryFee", true)
	require.Equal(t, "REFUNDED", rest.Order.Payment.Status)
	require.Equal(t, placed.Totals.Total, rest.Order.Payment.Refunded)
	require.Zero(t, s.charges(placed.ID).Held)

	manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 995}}})
	unpayable := customer.refused(customer.place(at(s.margherita())))
	require.Equal(t, []string{"items", "0", "menuItemId"}, unpayable.Path)
	require.Equal(t, "KWD 0.995 can't be paid: amounts are multiples of KWD 0.010.", unpayable.Message)
}

// Stripe counts krónur with two decimals; the shop doesn't, neither when it charges nor when it hears of refunds.
func TestAShopWhoseCurrencyTheGatewayCountsInOtherUnits(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	there := manager.createLocation(tokyo().having(vars{"slug": "reykjavik", "idempotencyKey": "reykjavik", "currency": "ISK"})).Location.ID
	s.fillStock(there)
	placed := customer.placed(s.margherita().card("tok_ok").with("locationId", there))
	require.EqualValues(t, 990, placed.Totals.Total)
	require.EqualValues(t, 99_000, s.charges(placed.ID).Held, "at the gateway")
	manager.moves(placed.ID, "startPreparingOrder", "markOrderReady", "completeOrder")

	part := manager.refund(placed.ID, "amount", 300)
	require.EqualValues(t, 300, part.Order.Payment.Refunded)
	require.EqualValues(t, 30_000, s.charges(placed.ID).Refunded)
	intent, _ := s.intent(placed.ID)
	s.callGateway("/v1/refunds", map[string][]string{"payment_intent": {intent}, "amount": {"9000"}})
	byHand := customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Refunded == 390 })
	require.Equal(t, "PARTIALLY_REFUNDED", byHand.Payment.Status)

	manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 1_000_000}}})
	dear := customer.refused(customer.place(s.margherita().with("locationId", there)))
	require.Equal(t, "An order comes to ISK 999,999 at most.", dear.Message)
}

// Whichever comes first, an order is never in another currency than its location.
func TestTheCurrencyDoesNotChangeWhileOrdersCome(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	for round := range 5 {
		slug := fmt.Sprintf("round-%d", round)
		there := manager.createLocation(tokyo().having(vars{"slug": slug, "idempotencyKey": slug})).Location.ID
		s.fillStock(there)
		var all sync.WaitGroup
		all.Go(func() {
			for _, currency := range []string{"EUR", "USD", "EUR"} { // an order that lost to each of them is tried once more
				done := manager.updateLocation(vars{"id": there, "currency": currency})
				if len(done.UserErrors) > 0 {
					assert.Equal(t, []string{"currency"}, done.UserErrors[0].Path)
				}
			}
		})
		for range 4 {
			all.Go(func() {
				done := customer.do(placeOrder+orderFragment+refusedFragment, vars{"in": s.margherita().with("locationId", there)})
				assert.Empty(t, done.Errors, done.body)
			})
		}
		all.Wait()
		require.Equal(t, []string{"currency"}, manager.updateLocation(vars{"id": there, "currency": "GBP"}).UserErrors[0].Path, "there are orders")
	}
	var other int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT count(*) FROM public.orders AS o JOIN public.locations AS l ON l.id = o.location_id WHERE l.currency <> o.currency`).Scan(&other))
	require.Zero(t, other)
}
