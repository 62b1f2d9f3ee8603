package e2e_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// The customer's part of 3-D Secure: the shop learns by webhook that it's done.
func TestAnActionDoneAtTheBankConfirmsTheOrder(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	require.Equal(t, "REQUIRES_ACTION", placed.Payment.Status)
	stream := customer.connect().order(placed.ID, "")
	stream.expect(placed.ID, 0, "PLACED")

	done := s.callGateway("/_bank", url.Values{"order": {placed.ID}})
	require.Equal(t, http.StatusOK, done.status, done.body)

	stream.expect(placed.ID, 1, "CONFIRMED")
	confirmed := customer.order(placed.ID)
	require.Equal(t, "AUTHORIZED", confirmed.Payment.Status)
	require.Equal(t, "SYSTEM", confirmed.Timeline[1].Actor.Role)
	require.Equal(t, placed.Totals.Total, s.charges(placed.ID).Held)
	captured := s.signIn("cook").moves(placed.ID, "startPreparingOrder")
	require.Equal(t, "CAPTURED", captured.Payment.Status)
	require.Equal(t, http.StatusNotFound, s.callGateway("/_bank", url.Values{"order": {placed.ID}}).status, "nothing is left to do")
}

func TestAnActionThatFailsAtTheBankRejectsTheOrder(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before := manager.stock()
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	stream := customer.connect().order(placed.ID, "")
	stream.expect(placed.ID, 0, "PLACED")

	s.callGateway("/_bank", url.Values{"order": {placed.ID}, "refuse": {"true"}})

	stream.expect(placed.ID, 1, "REJECTED")
	require.Equal(t, "FAILED", customer.order(placed.ID).Payment.Status)
	require.Equal(t, before, manager.stock())
	require.Zero(t, s.charges(placed.ID).Held)
}

func TestAnActionThatIsDoneTooLateKeepsNoMoney(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	intent, _ := s.intent(placed.ID)
	s.callGateway("/_bank", url.Values{"order": {placed.ID}, "refuse": {"true"}})
	customer.eventually(placed.ID, func(o *order) bool { return o.Status == "REJECTED" })

	again := s.callGateway("/v1/payment_intents/"+intent+"/confirm", url.Values{"payment_method": {"tok_ok"}})
	require.Equal(t, http.StatusOK, again.status, again.body)

	customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Status == "VOIDED" })
	require.Equal(t, "REJECTED", customer.order(placed.ID).Status)
	require.Zero(t, s.charges(placed.ID).Held)
	require.Equal(t, 1, s.charges(placed.ID).Charges)
}

func TestAHoldThatIsCancelledAtTheGatewayRejectsTheOrder(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before := manager.stock()
	placed := customer.placed(s.margherita().card("tok_ok"))
	intent, _ := s.intent(placed.ID)

	s.callGateway("/v1/payment_intents/"+intent+"/cancel", nil)

	rejected := customer.eventually(placed.ID, func(o *order) bool { return o.Status == "REJECTED" })
	require.Equal(t, "VOIDED", rejected.Payment.Status)
	require.Equal(t, "SYSTEM", rejected.Timeline[2].Actor.Role)
	require.NotEmpty(t, rejected.Timeline[2].Reason)
	require.Equal(t, before, manager.stock())
}

func TestARefundInTheDashboardIsSeen(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita().card("tok_ok"))
	intent, _ := s.intent(placed.ID)
	cook.moves(placed.ID, "startPreparingOrder", "markOrderReady", "completeOrder")

	s.callGateway("/v1/refunds", url.Values{"payment_intent": {intent}, "amount": {"300"}})
	customer.eventually(placed.ID, func(o *order) bool {
		return o.Payment.Status == "PARTIALLY_REFUNDED" && o.Payment.Refunded == 300
	})
	rest := strconv.FormatInt(placed.Totals.Total-300, 10)
	s.callGateway("/v1/refunds", url.Values{"payment_intent": {intent}, "amount": {rest}})

	customer.eventually(placed.ID, func(o *order) bool {
		return o.Payment.Status == "REFUNDED" && o.Payment.Refunded == placed.Totals.Total
	})
	require.Equal(t, "PICKED_UP", customer.order(placed.ID).Status, "money alone moves no order")
}

// Another server may receive the webhook: the customer sees the outcome at every server.
func TestAnActionDoneAtTheBankReachesEveryServer(t *testing.T) {
	s := open(t)
	second := s.serve(s.config)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	stream := customer.through(second).connect().order(placed.ID, "")
	stream.expect(placed.ID, 0, "PLACED")

	s.callGateway("/_bank", url.Values{"order": {placed.ID}})

	stream.expect(placed.ID, 1, "CONFIRMED")
}
