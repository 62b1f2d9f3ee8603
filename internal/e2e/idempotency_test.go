package e2e_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestARepeatedRequestGetsTheFirstOutcomeAndTheOrderAsItStands(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	basket := s.delivery(portion{"Margherita", "MEDIUM", 1}).card("tok_ok").with("specialInstructions", "Ring \"twice\" – süß.")
	first := customer.place(basket)
	require.Equal(t, first.raw, customer.place(basket).raw)
	cook.moves(first.Order.ID, "startPreparingOrder", "markOrderReady")

	again := customer.accepted(customer.place(basket))

	require.Equal(t, *customer.order(first.Order.ID), again)
	require.Equal(t, "READY", again.Status)
	declined := s.margherita().card("tok_declined")
	refused := customer.place(declined)
	rows := s.countWrittenRows()
	require.Equal(t, refused.raw, customer.place(declined).raw, "a refusal is an outcome too")
	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, 1, s.charges(first.Order.ID).Charges)
}

// A customer who lost the connection while the gateway was silent hears what became of the payment.
func TestARepeatedRequestDoesNotSayForAWeekThatThePaymentIsPending(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	basket := s.margherita().card("tok_error_once")
	placed := customer.placed(basket)
	require.Equal(t, "PENDING", placed.Status)
	customer.eventually(placed.ID, func(o *order) bool { return o.Status == "CONFIRMED" })

	again := customer.placed(basket)

	require.Equal(t, placed.ID, again.ID)
	require.Equal(t, "CONFIRMED", again.Status)
	require.Equal(t, "AUTHORIZED", again.Payment.Status)
}

func TestWhatIsMadeIsMadeOnce(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	special := vars{"idempotencyKey": "special", "name": "Special", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 1200}}}

	made := make([]itemOutcome, 6)
	var sent sync.WaitGroup
	for i := range made {
		sent.Go(func() { made[i] = manager.createItem(special) })
	}
	sent.Wait()

	for _, m := range made {
		require.Empty(t, m.UserErrors)
		require.Equal(t, made[0].Item.ID, m.Item.ID)
	}
	renamed := manager.updateItem(vars{"id": made[0].Item.ID, "name": "Speciale"})
	require.Empty(t, renamed.UserErrors)
	require.Equal(t, "Speciale", manager.createItem(special).Item.Name, "as it is now")
	special["category"] = "Pasta"
	require.Equal(t, "IdempotencyConflictError", manager.createItem(special).UserErrors[0].Type)
	var dishes int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.menu_items AS m WHERE m.name LIKE 'Special%'`).Scan(&dishes))
	require.Equal(t, 1, dishes)

	const rye = `mutation { done: createIngredient(input: {idempotencyKey: "rye", name: "Rye", stock: [{onHand: 5}]}) { ingredient { id onHand } userErrors { ...refused } } }` + refusedFragment
	first := ask[struct{ Done stockOutcome }](manager, rye, nil).Done
	require.Empty(t, first.UserErrors)
	manager.setStock(first.Ingredient.ID, 7)
	again := ask[struct{ Done stockOutcome }](manager, rye, nil).Done
	require.Empty(t, again.UserErrors, "not that the name is taken")
	require.Equal(t, first.Ingredient.ID, again.Ingredient.ID)
	require.Equal(t, 7, again.Ingredient.OnHand)
	require.Equal(t, "InvalidInputError", manager.createItem(vars{
		"idempotencyKey": "", "name": "Nameless", "category": "Pizza", "prices": []vars{{"size": "MEDIUM", "price": 1}},
	}).UserErrors[0].Type)
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
