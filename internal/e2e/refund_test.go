package e2e_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type refund struct {
	ID, Status, Reason string
	Amount             int64
	At                 time.Time
	Actor              actor
}

// refundOutcome is a RefundPayload.
type refundOutcome struct {
	Order      *order
	Refund     *refund
	UserErrors []refusal
}

// refund gives something back of an order; more are further fields of the input, in pairs.
func (p *person) refund(orderID string, more ...any) refundOutcome {
	p.Helper()
	input := vars{"orderId": orderID, "reason": "It was cold.", "idempotencyKey": rand.Text()}
	for i := 0; i < len(more); i += 2 {
		input[more[i].(string)] = more[i+1]
	}
	for {
		a := p.do(`mutation($in: RefundOrderInput!) { done: refundOrder(input: $in) {
			order { ...full } refund { id amount status reason at actor { role name } } userErrors { ...refused }
		} }`+orderFragment+refusedFragment, vars{"in": input})
		if len(a.Errors) > 0 && a.code() == "UNAVAILABLE" { // many at once, on a busy machine
			continue
		}
		require.Empty(p, a.Errors, a.body)
		var data struct{ Done refundOutcome }
		require.NoError(p, json.Unmarshal(a.Data, &data), a.body)
		return data.Done
	}
}

func (p *person) refunds(orderID string) []refund {
	p.Helper()
	return ask[struct{ Order struct{ Refunds []refund } }](p, `query($id: ID!) {
		order(id: $id) { refunds { id amount status reason at actor { role name } } }
	}`, vars{"id": orderID}).Order.Refunds
}

// handedOver is an order of 2 Margheritas and their delivery, eaten and paid.
func (s *shop) handedOver(customer *person, token string) order {
	s.Helper()
	basket := s.delivery(portion{"Margherita", "MEDIUM", 2}).with("tip", 100)
	if token != "" {
		basket = basket.card(token)
	}
	placed := customer.placed(basket)
	return s.signIn("manager").moves(placed.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder")
}

func TestAPartIsGivenBackLongAfterTheDoorHasClosed(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	eaten := s.handedOver(customer, "tok_ok")
	require.EqualValues(t, 1980+350+163+100, eaten.Totals.Total)
	stock := manager.stock()

	dry := manager.refund(eaten.ID, "lines", []vars{{"itemId": eaten.Items[0].ID, "quantity": 1}}, "dryRun", true)
	require.Empty(t, dry.UserErrors)
	require.EqualValues(t, 1072, dry.Refund.Amount)
	require.Equal(t, "REQUESTED", dry.Refund.Status)
	require.Empty(t, manager.refunds(eaten.ID), "a dry run changes nothing")
	require.Equal(t, eaten.Version, dry.Order.Version)

	done := manager.refund(eaten.ID, "lines", []vars{{"itemId": eaten.Items[0].ID, "quantity": 1}}, "restock", true, "expectedVersion", eaten.Version)

	require.Empty(t, done.UserErrors)
	require.Equal(t, "SUCCEEDED", done.Refund.Status)
	require.EqualValues(t, 1072, done.Refund.Amount)
	require.Equal(t, "It was cold.", done.Refund.Reason)
	require.Equal(t, "MANAGER", done.Refund.Actor.Role)
	require.NotEmpty(t, done.Refund.Actor.Name)
	require.Equal(t, "PARTIALLY_REFUNDED", done.Order.Payment.Status)
	require.EqualValues(t, 1072, done.Order.Payment.Refunded)
	require.Equal(t, "DELIVERED", done.Order.Status)
	require.Equal(t, eaten.Version+1, done.Order.Version)
	require.Equal(t, "REFUNDED", done.Order.Timeline[eaten.Version].Type)
	require.EqualValues(t, 1072, s.charges(eaten.ID).Refunded)
	require.NotEqual(t, stock, manager.stock(), "half of it is back")
	seen := customer.refunds(eaten.ID)
	require.Len(t, seen, 1)
	require.Empty(t, seen[0].Actor.Name, "customers aren't told who it was")

	sold := manager.popular("TODAY")
	require.Len(t, sold, 1)
	require.Equal(t, 1, sold[0].Quantity)
	require.EqualValues(t, 990, sold[0].Revenue)
	require.Equal(t, eaten.Totals.Total-1072, customer.history(nil).TotalSpent)

	rest := manager.refund(eaten.ID, "lines", []vars{{"itemId": eaten.Items[0].ID, "quantity": 1}}, "tip", 100, "deliveryFee", true)
	require.Equal(t, "REFUNDED", rest.Order.Payment.Status)
	require.Equal(t, eaten.Totals.Total, rest.Order.Payment.Refunded)
	require.Zero(t, s.charges(eaten.ID).Held)
	require.Zero(t, customer.history(nil).TotalSpent)
	sold = manager.popular("TODAY")
	require.EqualValues(t, 0, sold[0].Revenue)
	require.Equal(t, "InvalidTransitionError", manager.refund(eaten.ID, "amount", 1).UserErrors[0].Type, "nothing is left")
}

func TestOnlyManagersGiveMoneyBack(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	eaten := s.handedOver(customer, "")
	for _, role := range []string{"customer", "cook", "driver"} {
		refused := s.signIn(role).do(`mutation($id: ID!) {
			refundOrder(input: {orderId: $id, idempotencyKey: "k", amount: 1, reason: "r"}) { userErrors { code } }
		}`, vars{"id": eaten.ID})
		require.Equal(t, "FORBIDDEN", refused.code(), role)
	}

	cash := manager.refund(eaten.ID, "amount", 500)
	require.Equal(t, "SUCCEEDED", cash.Refund.Status, "in cash, at once")
	require.EqualValues(t, 500, cash.Order.Payment.Refunded)
	require.Equal(t, "PARTIALLY_REFUNDED", cash.Order.Payment.Status)
	require.Equal(t, eaten.Totals.Total-500, customer.history(nil).TotalSpent)

	old := manager.refund(eaten.ID, "amount", 1, "expectedVersion", eaten.Version)
	require.Equal(t, "VersionConflictError", old.UserErrors[0].Type, "another refund is a change")
	for field, value := range map[string]any{"amount": eaten.Totals.Total - 499, "tip": 101, "reason": " ", "restock": true} {
		refused := manager.refund(eaten.ID, field, value)
		require.Equal(t, "InvalidInputError", refused.UserErrors[0].Type, field)
		require.Equal(t, []string{field}, refused.UserErrors[0].Path)
		require.Nil(t, refused.Refund)
	}
	require.Equal(t, "NotFoundError", manager.refund(eaten.Items[0].ID, "amount", 1).UserErrors[0].Type)
}

func TestARepeatedRefundGivesNothingBackTwice(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	eaten := s.handedOver(customer, "tok_ok")

	answers := make([]refundOutcome, 8)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() { answers[i] = manager.refund(eaten.ID, "amount", 300, "idempotencyKey", "the same") })
	}
	sent.Wait()

	for _, a := range answers {
		require.Empty(t, a.UserErrors)
		require.Equal(t, answers[0].Refund.ID, a.Refund.ID)
	}
	require.EqualValues(t, 300, s.charges(eaten.ID).Refunded)
	conflict := manager.refund(eaten.ID, "amount", 301, "idempotencyKey", "the same")
	require.Equal(t, "IdempotencyConflictError", conflict.UserErrors[0].Type)
}

func TestManyWhoGiveBackAtOnceGiveNoMoreThanWasTaken(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	other := manager.through(s.serve(s.config))
	eaten := s.handedOver(customer, "tok_ok")

	var sent sync.WaitGroup
	for i := range 9 {
		sent.Go(func() {
			done := []*person{manager, other}[i%2].refund(eaten.ID, "amount", 400, "idempotencyKey", fmt.Sprint(i))
			for _, e := range done.UserErrors {
				assert.Contains(t, []string{"BAD_USER_INPUT", "INVALID_TRANSITION", "PAYMENT_IN_PROGRESS"}, e.Code)
			}
		})
	}
	sent.Wait()

	got := customer.eventually(eaten.ID, func(o *order) bool {
		return o.Payment.Refunded == 2400 && !slices.ContainsFunc(manager.refunds(eaten.ID), func(r refund) bool { return r.Status == "REQUESTED" })
	})
	require.EqualValues(t, 2593, got.Totals.Total)
	require.EqualValues(t, 2400, s.charges(eaten.ID).Refunded)
	require.Len(t, manager.refunds(eaten.ID), 6)
}

func TestARefundThatTheBankSendsBackIsTold(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	eaten := s.handedOver(customer, "tok_ok")
	intent, _ := s.intent(eaten.ID)
	require.Empty(t, manager.refund(eaten.ID, "amount", 300).UserErrors)
	second := manager.refund(eaten.ID, "amount", 200)
	require.EqualValues(t, 500, second.Order.Payment.Refunded)
	var id string
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT r.gateway_id FROM public.refunds AS r WHERE r.amount_cents = 300`).Scan(&id))

	sent := s.callGateway("/_refunds/"+intent+"/"+id+"/fail", nil)

	require.Equal(t, http.StatusOK, sent.status, sent.body)
	customer.eventually(eaten.ID, func(o *order) bool { return o.Payment.Refunded == 200 })
	require.Equal(t, "FAILED", manager.refunds(eaten.ID)[0].Status)
	require.Equal(t, eaten.Totals.Total-200, customer.history(nil).TotalSpent)
	require.EqualValues(t, 200, s.charges(eaten.ID).Refunded)
}

func TestARefundInTheDashboardIsOneOfTheOrders(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	eaten := s.handedOver(customer, "tok_ok")
	intent, _ := s.intent(eaten.ID)

	s.callGateway("/v1/refunds", url.Values{"payment_intent": {intent}, "amount": {"593"}})
	customer.eventually(eaten.ID, func(o *order) bool { return o.Payment.Refunded == 593 })

	made := manager.refunds(eaten.ID)
	require.Len(t, made, 1)
	require.Equal(t, "SYSTEM", made[0].Actor.Role)
	require.Equal(t, "InvalidInputError", manager.refund(eaten.ID, "amount", 2001).UserErrors[0].Type)
	require.Empty(t, manager.refund(eaten.ID, "amount", 2000).UserErrors)
	require.EqualValues(t, 0, manager.popular("TODAY")[0].Revenue)
}
