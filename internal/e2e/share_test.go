package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type shareOutcome struct {
	TrackingToken *string
	ExpiresAt     *time.Time
	UserErrors    []refusal
}

func (p *person) share(orderID string) shareOutcome {
	p.Helper()
	return ask[struct{ Done shareOutcome }](p, `mutation($id: ID!) { done: shareOrder(input: {orderId: $id}) {
		trackingToken expiresAt userErrors { ...refused }
	} }`+refusedFragment, vars{"id": orderID}).Done
}

// shared returns somebody who was sent a link to the order.
func (p *person) shared(orderID string) *person {
	p.Helper()
	done := p.share(orderID)
	require.Empty(p, done.UserErrors)
	require.NotNil(p, done.TrackingToken)
	return p.shop.bearer(*done.TrackingToken)
}

// A link shows how far the order is, by every way to read it: neither whom to call, nor what would pay for it.
func TestALinkShowsAnOrderAndNothingElse(t *testing.T) {
	s := open(t)
	customer, cook := s.signUp("sharing"), s.signIn("cook")
	another := customer.placed(s.margherita())
	guest, guests := s.guest(s.margherita().card("tok_requires_action").ofGuest(phone).
		with("contact", vars{"name": "Gustav", "phone": phone, "email": "gustav@gast.example"}))
	customers := customer.placed(s.margherita().card("tok_requires_action"))
	type shown struct {
		ID, Status         string
		Customer           struct{ Name, Phone, Email string }
		Payment            payment
		AllowedTransitions []string
		Items              []orderItem
	}
	const fields = ` id status customer { name phone email } payment { status nextAction { url } } allowedTransitions items { name } `

	for who, c := range map[string]struct {
		by    *person
		order order
	}{"a guest": {guest, guests}, "a customer": {customer, customers}, "the kitchen": {cook, customers}} {
		link := c.by.shared(c.order.ID)
		for _, document := range []string{
			`query($id: ID!) { order(id: $id) {` + fields + `} }`,
			`query($id: ID!) { order(id: $id) {` + fields + ` location { name } } }`, // which gqlgen writes
			`query($id: ID!) { order: node(id: $id) { ... on Order {` + fields + `} } }`,
		} {
			by := ask[struct{ Order shown }](c.by, document, vars{"id": c.order.ID}).Order
			require.NotEmpty(t, by.Customer.Phone, who)
			require.NotNil(t, by.Payment.NextAction, who)
			expected := by
			expected.Customer.Phone, expected.Customer.Email, expected.Payment.NextAction, expected.AllowedTransitions = "", "", nil, []string{}
			require.Equal(t, expected, ask[struct{ Order shown }](link, document, vars{"id": c.order.ID}).Order, who)
		}
		sent := link.connect().order(c.order.ID, "").next()
		require.Nil(t, sent.Order.Payment.NextAction)
		require.Empty(t, sent.Order.AllowedTransitions)

		rows := s.countWrittenRows()
		for _, document := range []string{
			`mutation($id: ID!) { cancelOrder(input: {orderId: $id}) { order { id } } }`,
			`mutation($id: ID!) { processPayment(input: {orderId: $id, idempotencyKey: "k", paymentToken: "tok_ok"}) { order { id } } }`,
			`mutation($id: ID!) { shareOrder(input: {orderId: $id}) { trackingToken } }`,
		} {
			require.Equal(t, "FORBIDDEN", link.do(document, vars{"id": c.order.ID}).code(), document)
		}
		require.Equal(t, rows, s.countWrittenRows())
		require.Nil(t, link.order(another.ID), "of the same customer, too")
		require.Equal(t, "UNAUTHENTICATED", link.do(`{ orders { nodes { id } } }`, nil).code())
	}
	require.Equal(t, "NOT_FOUND", s.signUp("stranger").share(guests.ID).UserErrors[0].Code)
	require.Equal(t, "UNAUTHENTICATED", s.visitor().do(`mutation { shareOrder(input: {orderId: "`+guests.ID+`"}) { trackingToken } }`, nil).code())
	_, own := s.guest(s.margherita().ofGuest("081 555 0303"))
	require.Equal(t, "Gustav Gast", own.Customer.Name)
}

// Whoever follows an order by a link while it is brought sees it arrive.
func TestALinkFollowsTheOrderUntilItEnds(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita())
	link := customer.shared(placed.ID)
	watched := link.connect().order(placed.ID, "")
	watched.expect(placed.ID, 1, "CONFIRMED")
	cook.moves(placed.ID, "startPreparingOrder", "markOrderReady")
	watched.expect(placed.ID, 2, "PREPARATION_STARTED", "READY")

	s.run(`UPDATE public.order_tokens AS t SET expires_at = now() - interval '1 second'`)

	require.Equal(t, "closed 4403", watched.awaitEnd())
	require.Eventually(t, func() bool {
		answered := link.do(`query($id: ID!) { order(id: $id) { id } }`, vars{"id": placed.ID})
		return len(answered.Errors) == 1 && answered.Errors[0].Extensions.Code == "UNAUTHENTICATED"
	}, soon, sometimes)
}

func TestAnOrderHasTenLinksAndTheOldestMakesRoom(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().with("scheduledFor", nil))
	guest, guests := s.guest(s.margherita().ofGuest(phone))
	first := customer.shared(placed.ID)
	issued := customer.share(placed.ID)
	require.WithinDuration(t, time.Now().Add(7*24*time.Hour), *issued.ExpiresAt, time.Minute)
	second := s.bearer(*issued.TrackingToken)
	for range 8 {
		customer.share(placed.ID)
		guest.share(guests.ID)
	}
	require.NotNil(t, first.order(placed.ID))

	last := customer.shared(placed.ID)

	require.NotNil(t, last.order(placed.ID))
	require.NotNil(t, second.order(placed.ID))
	require.NotNil(t, guest.order(guests.ID), "links don't take the guest's own place")
	require.Eventually(t, func() bool {
		return len(first.do(`query($id: ID!) { order(id: $id) { id } }`, vars{"id": placed.ID}).Errors) == 1
	}, soon, sometimes, "within a second")
	var hashes int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.order_tokens AS t WHERE length(t.token_sha256) = 32`).Scan(&hashes))
	require.Equal(t, 10+8+1, hashes)
	require.Empty(t, s.find(last.token, guest.token), "only hashes are kept")
}

func TestATokenThatIsMadeUpIsNobodys(t *testing.T) {
	s := open(t)
	placed := s.signIn("customer").placed(s.margherita())
	stranger := s.bearer("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

	require.Equal(t, "UNAUTHENTICATED", stranger.do(`query($id: ID!) { order(id: $id) { id } }`, vars{"id": placed.ID}).code())
	require.Equal(t, "UNAUTHENTICATED", s.visitor().do(`query($id: ID!) { order(id: $id) { id } }`, vars{"id": placed.ID}).code())
}
