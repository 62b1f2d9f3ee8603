package e2e_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestARepeatedRequestGetsTheFirstAnswer(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	basket := s.delivery(portion{"Margherita", "MEDIUM", 1}).card("tok_ok").with("specialInstructions", "Ring \"twice\" – süß.")
	first := customer.place(basket)
	cook.moves(first.Order.ID, "startPreparingOrder", "markOrderReady")

	require.Equal(t, first.raw, customer.place(basket).raw, "also after the order has moved on")

	declined := s.margherita().card("tok_declined")
	refused := customer.place(declined)
	rows := s.countWrittenRows()
	require.Equal(t, refused.raw, customer.place(declined).raw, "a refusal is an answer too")
	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, 1, s.charges(first.Order.ID).Charges)
}

func TestAKeyUsedForAnotherRequestIsAConflict(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	basket := s.margherita()
	placed := customer.placed(basket)
	rows := s.countWrittenRows()

	refused := customer.refused(customer.place(basket.with("tip", 1)))

	require.Equal(t, "IdempotencyConflictError", refused.Type)
	require.Equal(t, "IDEMPOTENCY_CONFLICT", refused.Code)
	require.Equal(t, []string{"idempotencyKey"}, refused.Path)
	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, placed, *customer.order(placed.ID))
}

func TestKeysAreEachCustomersOwn(t *testing.T) {
	s := open(t)
	basket := s.margherita()
	mine := s.signIn("customer").placed(basket)

	theirs := s.signUp("nora").placed(basket.with("tip", 100))

	require.NotEqual(t, mine.ID, theirs.ID)
	require.EqualValues(t, 100, theirs.Totals.Tip)
}

func TestTwentyCopiesAtOnceAreOneOrderAndOneCharge(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	basket := s.margherita().card("tok_ok")
	start := customer.asOf()

	answers := make([]answer, 20)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() { answers[i] = customer.do(placeOrder+orderFragment+refusedFragment, vars{"in": basket}) })
	}
	sent.Wait()

	bodies := []string{}
	for _, a := range answers {
		bodies = append(bodies, a.body)
	}
	require.Len(t, slices.Compact(bodies), 1)
	orders := customer.orders(nil)
	require.Len(t, orders.Nodes, 1)
	id := orders.Nodes[0].ID
	require.Equal(t, 1, s.charges(id).Charges)
	require.Equal(t, orders.Nodes[0].Totals.Total, s.charges(id).Held)
	stream := customer.connect().order(id, start)
	stream.expect(id, 0, "PLACED", "CONFIRMED")
	stream.expectNothing()
}

func TestARepeatedPaymentChargesOnce(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	const pay = `mutation($in: ProcessPaymentInput!) { done: processPayment(input: $in) { order { ...full } userErrors { ...refused } } }`
	input := vars{"idempotencyKey": "the same", "orderId": placed.ID, "paymentToken": "tok_ok"}
	first := customer.change(pay, vars{"in": input})
	require.Equal(t, "CONFIRMED", first.Order.Status)

	require.Equal(t, first.raw, customer.change(pay, vars{"in": input}).raw)

	input["paymentToken"] = "tok_declined"
	require.Equal(t, "IdempotencyConflictError", customer.refused(customer.change(pay, vars{"in": input})).Type)
	require.Equal(t, 1, s.charges(placed.ID).Charges)
}
