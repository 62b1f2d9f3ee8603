package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestSessionExpiresWhileAStreamIsOpen(t *testing.T) {
	testEndsOpenStreams(t, `UPDATE public.sessions AS s SET expires_at = s.created_at WHERE s.account_id = $1`)
}

func TestSessionIsDeletedWhileAStreamIsOpen(t *testing.T) {
	testEndsOpenStreams(t, `DELETE FROM public.sessions AS s WHERE s.account_id = $1`)
}

func TestRoleIsRevokedWhileAStreamIsOpen(t *testing.T) {
	testEndsOpenStreams(t, `UPDATE public.accounts AS a SET roles = '{CUSTOMER}' WHERE a.customer_id = $1`)
}

// testEndsOpenStreams changes the cook's rights in the database, without the server's knowledge.
func testEndsOpenStreams(t *testing.T, statement string) {
	t.Helper()
	s := openProduction(t)
	customer, cook, driver := s.signIn("customer"), s.signIn("cook"), s.signIn("driver")
	start := cook.asOf()
	socket, stays := cook.connect().kitchen(start), driver.connect().kitchen(start)
	events, _ := cook.eventStream(watchKitchen, after(start), "")
	first := customer.placed(s.margherita())
	for _, f := range []*feed{socket, stays, events} {
		f.expect(first.ID, 0, "PLACED", "CONFIRMED")
	}

	_, err := s.db.Pool.Exec(t.Context(), statement, cook.id)
	require.NoError(t, err)
	began := time.Now()

	require.Equal(t, "closed 4403", socket.awaitEnd())
	require.Contains(t, events.awaitEnd(), `"FORBIDDEN"`)
	require.Equal(t, "complete", events.awaitEnd())
	require.Less(t, time.Since(began), 2*5*time.Second)
	second := customer.placed(s.margherita())
	stays.expect(second.ID, 0, "PLACED", "CONFIRMED")
	time.Sleep(time.Until(began.Add(time.Second))) // for so long a server may go by what it knew of a session
	next := cook.do(`mutation { startPreparingOrder(input: {orderId: "`+second.ID+`"}) { order { id } } }`, nil)
	require.Contains(t, []string{"UNAUTHENTICATED", "FORBIDDEN"}, next.code())
	require.Equal(t, 2, customer.order(second.ID).Version)
}

func TestAnothersOrder(t *testing.T) {
	s := openProduction(t)
	placed := s.signIn("customer").placed(s.margherita().card("tok_requires_action"))
	stranger := s.signUp("stranger")
	rows := s.countWrittenRows()

	for what, document := range map[string]string{
		"query":   `{ order(id: "ID") { id status } }`,
		"node":    `{ node(id: "ID") { id __typename } }`,
		"nodes":   `{ nodes(ids: ["ID", "CUSTOMER", "ID"]) { id __typename } }`,
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
		unknown, theirs := with(uuid.NewString(), uuid.NewString()), with(placed.ID, placed.Customer.ID)
		require.Equal(t, unknown.body, theirs.body, what)
		require.Equal(t, unknown.status, theirs.status, what)
		require.Equal(t, unknown.body, with("no id of ours", "nobody").body, what)
		require.NotContains(t, unknown.body, placed.ID)
	}
	refused := stranger.refused(stranger.move("cancelOrder", placed.ID))
	require.Equal(t, "NOT_FOUND", refused.Code)
	require.Equal(t, []string{"orderId"}, refused.Path)

	socket := stranger.connect()
	for _, cursor := range []string{"", stranger.asOf()} {
		for _, watch := range []func(id string) *feed{
			func(id string) *feed { return socket.order(id, cursor) },
			func(id string) *feed {
				f, _ := stranger.eventStream(watchOrder, after(cursor).and("id", id), "")
				return f
			},
		} {
			unknown := watch(uuid.NewString()).awaitEnd()
			require.Contains(t, unknown, "NOT_FOUND")
			require.Equal(t, unknown, watch(placed.ID).awaitEnd())
			require.Equal(t, unknown, watch("no id of ours").awaitEnd())
		}
	}
	require.Equal(t, rows, s.countWrittenRows())
}

func TestCustomerCallsAStaffField(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita())
	rows := s.countWrittenRows()
	forbidden := expectedRefusal{status: 200, code: "FORBIDDEN"} // the operation is run, its field is refused

	for _, mutation := range staffOnly {
		forbidden.require(t, customer.attack(`mutation { `+mutation+`(input: {orderId: "`+placed.ID+`", reason: "`+marker+`"}) { order { id } } }`, nil), mutation)
	}
	for _, document := range []string{
		`{ ingredients { id } }`,
		`mutation { createIngredient(input: {idempotencyKey: "k", name: "` + marker + `", stock: [{onHand: 1}]}) { ingredient { id } } }`,
		`mutation { setStock(input: {ingredientId: "` + marker + `", onHand: 1}) { ingredient { id } } }`,
		`mutation { setIngredientAvailability(input: {ingredientId: "` + marker + `", available: false}) { ingredient { id } } }`,
		`mutation { createMenuItem(input: {idempotencyKey: "k", name: "` + marker + `", category: "x", prices: []}) { menuItem { id } } }`,
		`mutation { updateMenuItem(input: {id: "` + s.menu["Margherita"] + `", prices: [{size: MEDIUM, price: 1}]}) { menuItem { id } } }`,
		`mutation { archiveMenuItem(input: {id: "` + s.menu["Margherita"] + `"}) { menuItem { id } } }`,
	} {
		forbidden.require(t, customer.attack(document, nil), document)
	}
	require.Contains(t, customer.connect().subscribe(watchKitchen, nil).awaitEnd(), "FORBIDDEN")
	stream, _ := customer.eventStream(watchKitchen, nil, "")
	require.Contains(t, stream.awaitEnd(), "FORBIDDEN")
	forbidden.require(t, s.signIn("driver").attack(`{ ingredients { id } }`, nil), "stock is the kitchen's")
	count := `mutation { setStock(input: {ingredientId: "` + marker + `", onHand: 1}) { ingredient { id } } }`
	forbidden.require(t, s.signIn("cook").attack(count, nil), "counting is the manager's")

	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, placed, *customer.order(placed.ID))
}
