package e2e_test

import (
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A browser that claims a screen is that screen until it is revoked.
func TestABrowserIsTheScreenThatItClaimed(t *testing.T) {
	s := open(t)
	manager, tablet := s.signIn("manager"), s.visitor()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	tablet.http.Jar = jar

	require.Empty(t, tablet.claim(*manager.pair(vars{"name": "Counter"}).Code).UserErrors)

	shown := tablet.do(`{ screen { name } }`, nil)
	require.JSONEq(t, `{"screen": {"name": "Counter"}}`, string(shown.Data))
	require.Contains(t, shown.header.Get("Set-Cookie"), "Max-Age=34560000", "while it is used, it is kept")
	require.Contains(t, shown.header.Get("Set-Cookie"), "HttpOnly")
	tablet.connect().kitchen(tablet.asOf()) // by the cookie of the handshake
	require.Equal(t, "FORBIDDEN", tablet.do(`mutation { signOut { userErrors { code } } }`, nil).code())
	require.JSONEq(t, `{"screen": {"name": "Counter"}}`, string(tablet.do(`{ screen { name } }`, nil).Data))
	bearer := s.visitor()
	bearer.token = manager.screen(vars{"name": "Oven"}).token
	require.Empty(t, bearer.do(`{ screen { name } }`, nil).header.Get("Set-Cookie"), "who keeps the token has no cookie")
}

// What cooks may do that isn't the kitchen's work, a screen may not; and nothing of what any account may.
func TestAScreenCooksAndDoesNothingElse(t *testing.T) {
	s := open(t)
	manager, cook, customer := s.signIn("manager"), s.signIn("cook"), s.signIn("customer")
	screen := manager.screen(vars{"name": "Oven"})
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	open := vars{"id": placed.ID, "customer": customer.id, "in": vars(s.margherita())}
	quote := s.margherita()
	delete(quote, "idempotencyKey")
	delete(quote, "paymentMethod")
	open["quote"] = vars(quote)

	for name, document := range map[string]string{
		"to order":            `mutation($in: PlaceOrderInput!) { placeOrder(input: $in) { order { id } userErrors { code } } }`,
		"to hold stock":       `mutation($quote: QuoteOrderInput!) { quoteOrder(input: $quote) { quote { id } userErrors { code } } }`,
		"to pay":              `mutation($id: ID!) { processPayment(input: {idempotencyKey: "k", orderId: $id, paymentToken: "tok_ok"}) { order { id } userErrors { code } } }`,
		"to make a link":      `mutation($id: ID!) { shareOrder(input: {orderId: $id}) { trackingToken userErrors { code } } }`,
		"to look at somebody": `query($customer: ID!) { orderHistory(customerId: $customer) { totalOrders } }`,
		"to have a password":  `mutation { changePassword(input: {currentPassword: "pizzeria-demo", newPassword: "correct horse"}) { userErrors { code } } }`,
		"to have a profile":   `mutation { updateProfile(input: {name: "Oven"}) { userErrors { code } } }`,
		"to have an account":  `mutation { deleteAccount(input: {password: "pizzeria-demo"}) { userErrors { code } } }`,
		"to sign out":         `mutation { signOut { userErrors { code } } }`,
		"to end sessions":     `mutation { signOutEverywhere { userErrors { code } } }`,
		"to pair others":      `mutation { pairScreen(input: {idempotencyKey: "k", name: "Bar"}) { code userErrors { code } } }`,
		"to revoke":           `mutation($id: ID!) { revokeScreen(input: {id: $id}) { userErrors { code } } }`,
		"to see others":       `{ screens { id } }`,
		"to see staff":        `{ staff { id } }`,
		"to deliver":          `mutation($id: ID!) { dispatchOrder(input: {orderId: $id}) { order { id } userErrors { code } } }`,
		"to refund":           `mutation($id: ID!) { refundOrder(input: {idempotencyKey: "k", orderId: $id, amount: 1, reason: "Cold."}) { order { id } userErrors { code } } }`,
		"to see the audit":    `{ auditLog { nodes { id } } }`,
		"to count stock":      `mutation($id: ID!) { setStock(input: {ingredientId: $id, onHand: 1}) { ingredient { id } userErrors { code } } }`,
	} {
		needed := vars{}
		for variable, value := range open {
			if strings.Contains(document, "$"+variable+":") {
				needed[variable] = value
			}
		}
		refused := screen.do(document, needed)
		require.Equal(t, "FORBIDDEN", refused.code(), "%s: %s", name, refused.body)
	}
	require.Equal(t, []string{placed.ID}, screen.orders(vars{"filter": vars{"customerId": customer.id}}).ids(), "what cooks see")
	require.Empty(t, cook.do(`query($id: ID!) { orderHistory(customerId: $id) { totalOrders } }`, vars{"id": customer.id}).Errors, "cooks do")
	require.Equal(t, []string{""}, screen.nodes(customer.id))
	require.Equal(t, []string{"Screen", "Order"}, screen.nodes(screen.id, placed.ID))
	require.NotContains(t, manager.do(`{ staff { name } }`, nil).body, "Oven")
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("Screen Oven", screen.token), "its token is no password")
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("manager@example.com", screen.token))
}
