package e2e_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
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
	require.Contains(t, socket.subscribe(watchKitchen, nil).ending(), "UNAUTHENTICATED")
	require.Contains(t, socket.order(placed.ID, "").ending(), "UNAUTHENTICATED")
}

func TestACustomerIsRefusedWhatIsStaffs(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita())
	rows := s.written()

	for _, mutation := range staffOnly {
		refused := customer.do(`mutation { `+mutation+`(input: {orderId: "`+placed.ID+`"}) { order { id } } }`, nil)
		require.Equal(t, "FORBIDDEN", refused.code(), mutation)
	}
	for _, document := range []string{
		`{ ingredients { id } }`,
		`mutation { createIngredient(name: "Air", onHand: 1) { ingredient { id } } }`,
		`mutation { archiveMenuItem(input: {id: "` + s.menu["Margherita"] + `"}) { menuItem { id } } }`,
	} {
		require.Equal(t, "FORBIDDEN", customer.do(document, nil).code(), document)
	}
	require.Contains(t, customer.connect().subscribe(watchKitchen, nil).ending(), "FORBIDDEN")
	cook := s.signIn("cook")
	require.Equal(t, "FORBIDDEN", cook.do(`{ ingredients { id } }`, nil).code(), "stock is the manager's")

	require.Equal(t, rows, s.written())
	require.Equal(t, placed, *customer.order(placed.ID))
}

// Another's order can't be told from one that doesn't exist, by any field.
func TestAnothersOrderLooksLikeNone(t *testing.T) {
	s := open(t)
	placed := s.signIn("customer").placed(s.margherita().card("tok_requires_action"))
	stranger := s.signUp("stranger")
	rows := s.written()

	for what, document := range map[string]string{
		"query":   `{ order(id: "ID") { id status } }`,
		"node":    `{ node(id: "ID") { id __typename } }`,
		"cancel":  `mutation { cancelOrder(input: {orderId: "ID"}) { order { id } userErrors { __typename code message path } } }`,
		"version": `mutation { cancelOrder(input: {orderId: "ID", expectedVersion: 9}) { order { id } userErrors { __typename code message path } } }`,
		"pay": `mutation { processPayment(input: {orderId: "ID", idempotencyKey: "KEY", paymentToken: "tok_ok"}) {
			order { id } userErrors { __typename code message path }
		} }`,
		"history": `{ orderHistory(customerId: "CUSTOMER") { customerId totalOrders totalSpent orders { nodes { id } } } }`,
		"list":    `{ orders(filter: {customerId: "CUSTOMER"}) { nodes { id } pageInfo { hasNextPage } } }`,
	} {
		with := func(id, customer string) answer {
			return stranger.do(strings.NewReplacer("ID", id, "KEY", uuid.NewString(), "CUSTOMER", customer).Replace(document), nil)
		}
		unknown := with(uuid.NewString(), uuid.NewString())
		require.Equal(t, unknown.body, with(placed.ID, placed.Customer.ID).body, what)
		require.Equal(t, unknown.body, with("no id of ours", "nobody").body, what)
		require.NotContains(t, unknown.body, placed.ID)
	}
	refused := stranger.refused(stranger.move("cancelOrder", placed.ID))
	require.Equal(t, "NotFoundError", refused.Type)
	require.Equal(t, []string{"orderId"}, refused.Path)

	socket := stranger.connect()
	for _, cursor := range []string{"", stranger.asOf()} {
		unknown := socket.order(uuid.NewString(), cursor).ending()
		require.Contains(t, unknown, "NOT_FOUND")
		require.Equal(t, unknown, socket.order(placed.ID, cursor).ending())
		require.Equal(t, unknown, socket.order("no id of ours", cursor).ending())
	}
	require.Equal(t, rows, s.written())
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

	require.JSONEq(t, `{"signOut": true}`, string(customer.do(`mutation { signOut }`, nil).Data))

	require.Equal(t, "closed 4403", stream.ending())
	require.Contains(t, events.ending(), "FORBIDDEN")
	require.Equal(t, "UNAUTHENTICATED", customer.do(`{ orders { asOf } }`, nil).code())
	other.moves(placed.ID, "cancelOrder")
	stays.expect(placed.ID, 2, "CANCELLED")
}

func TestStaffSeeAndMoveOrdersOfAll(t *testing.T) {
	s := open(t)
	customer, driver := s.signUp("nora"), s.signIn("driver")
	placed := customer.placed(s.margherita())

	require.Equal(t, placed, *driver.order(placed.ID))
	require.Equal(t, 1, driver.history(customer.id).TotalOrders)
	require.Equal(t, customer.id, driver.history(customer.id).CustomerID)
	require.Equal(t, "CONFIRMED", driver.connect().order(placed.ID, "").next().Event.Type)
	own := driver.placed(s.margherita())
	require.Equal(t, driver.id, own.Customer.ID, "staff are customers too")
}
