package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// staffOnly are the mutations on an order that a customer may not use.
var staffOnly = []string{
	"confirmOrder", "rejectOrder", "startPreparingOrder", "markOrderReady", "dispatchOrder", "returnOrder", "completeOrder",
}

func TestAVisitorSeesTheMenuAndNothingElse(t *testing.T) {
	s := open(t)
	visitor := s.visitor()
	placed := s.signIn("customer").placed(s.margherita())

	for _, document := range []string{
		`{ orders { asOf } }`, `{ orderHistory { totalOrders } }`, `{ ingredients { id } }`,
		`{ order(id: "` + placed.ID + `") { id } }`,
		`mutation { cancelOrder(input: {orderId: "` + placed.ID + `"}) { order { id } } }`,
		`mutation { setStock(input: {ingredientId: "x", onHand: 1}) { ingredient { id } } }`,
	} {
		require.Equal(t, "UNAUTHENTICATED", visitor.do(document, nil).code(), document)
	}
	require.NotEmpty(t, s.menu)
	none := ask[map[string]any](visitor, `query($id: ID!) { viewer { id } node(id: $id) { id } }`, vars{"id": placed.ID})
	require.Equal(t, map[string]any{"viewer": nil, "node": nil}, none)
	socket := visitor.connect()
	require.Contains(t, socket.subscribe(watchKitchen, nil).awaitEnd(), "UNAUTHENTICATED")
	require.Contains(t, socket.order(placed.ID, "").awaitEnd(), "UNAUTHENTICATED")
}

func TestSigningOutClosesTheSessionsSockets(t *testing.T) {
	s := open(t)
	customer, other := s.signIn("customer"), s.signIn("customer")
	placed := customer.placed(s.margherita())
	stream, stays := customer.connect().order(placed.ID, ""), other.connect().order(placed.ID, "")
	events, _ := customer.eventStream(watchOrder, vars{"id": placed.ID}, "")
	for _, f := range []*feed{stream, stays, events} {
		f.expect(placed.ID, 1, "CONFIRMED")
	}

	require.JSONEq(t, `{"signOut": {"userErrors": []}}`, string(customer.do(`mutation { signOut { userErrors { code } } }`, nil).Data))

	require.Equal(t, "closed 4403", stream.awaitEnd())
	require.Contains(t, events.awaitEnd(), "FORBIDDEN")
	require.Equal(t, "UNAUTHENTICATED", customer.do(`{ orders { asOf } }`, nil).code())
	other.moves(placed.ID, "cancelOrder")
	stays.expect(placed.ID, 2, "CANCELLED")
}

func TestEachDoesTheirOwnWork(t *testing.T) {
	s := open(t)
	customer, cook, driver := s.signIn("customer"), s.signIn("cook"), s.signIn("driver")
	placed := customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 1}))
	forbidden := func(who *person, fields ...string) {
		for _, field := range fields {
			a := who.do(`mutation($in: OrderActionInput!) { `+field+`(input: $in) { order { id } } }`, vars{"in": vars{"orderId": placed.ID, "reason": "Because."}})
			require.Equal(t, "FORBIDDEN", a.code(), field)
		}
	}

	forbidden(driver, "startPreparingOrder", "rejectOrder", "confirmOrder", "cancelOrder")
	cook.moves(placed.ID, "startPreparingOrder")
	forbidden(driver, "markOrderReady")
	cook.moves(placed.ID, "markOrderReady")
	require.Equal(t, []string{"CANCELLED"}, cook.order(placed.ID).AllowedTransitions)
	require.Equal(t, []string{"OUT_FOR_DELIVERY"}, driver.order(placed.ID).AllowedTransitions)
	forbidden(cook, "dispatchOrder")
	driver.moves(placed.ID, "dispatchOrder")
	forbidden(cook, "completeOrder", "returnOrder")
	driver.moves(placed.ID, "completeOrder")

	collected := customer.placed(s.margherita())
	cook.moves(collected.ID, "startPreparingOrder", "markOrderReady")
	require.Empty(t, driver.order(collected.ID).AllowedTransitions)
	collect := driver.do(`mutation($in: OrderActionInput!) { completeOrder(input: $in) { order { id } } }`, vars{"in": vars{"orderId": collected.ID}})
	require.Equal(t, "FORBIDDEN", collect.code())
	own := driver.placed(s.margherita())
	require.Equal(t, []string{"CANCELLED"}, own.AllowedTransitions)
}

func TestStaffSeeAndMoveOrdersOfAll(t *testing.T) {
	s := open(t)
	customer, driver := s.signUp("nora"), s.signIn("driver")
	placed := customer.placed(s.margherita())

	seen := driver.order(placed.ID).forCustomers()
	placed.AllowedTransitions, seen.AllowedTransitions = nil, nil // each one's own
	require.Equal(t, placed, seen)
	require.Equal(t, 1, driver.history(customer.id).TotalOrders)
	require.Equal(t, customer.id, driver.history(customer.id).CustomerID)
	require.Equal(t, "CONFIRMED", driver.connect().order(placed.ID, "").next().Event.Type)
	own := driver.placed(s.margherita())
	require.Equal(t, driver.id, own.Customer.ID, "staff are customers too")
}
