package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

func TestADeclinedCardLeavesARejectedOrderAndReturnsTheStock(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before, start := manager.stock(), customer.asOf()

	done := customer.place(s.margherita().card("tok_declined"))

	require.Len(t, done.UserErrors, 1)
	require.Equal(t, refusal{
		Type: "PaymentDeclinedError", Code: "PAYMENT_DECLINED", Message: "The card was declined.",
		Path: []string{"paymentToken"}, DeclineCode: "generic_decline",
	}, done.UserErrors[0])
	require.Equal(t, "REJECTED", done.Order.Status)
	require.Equal(t, "FAILED", done.Order.Payment.Status)
	require.Equal(t, before, manager.stock())
	require.Zero(t, s.charges(done.Order.ID).Held)
	customer.connect().order(done.Order.ID, start).expect(done.Order.ID, 0, "PLACED", "REJECTED")
	require.Zero(t, customer.history(nil).TotalOrders)
	require.Empty(t, manager.popular("TODAY"))
}

func TestACardThatNeedsAnActionIsPaidWithAnotherTry(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	require.Equal(t, "PENDING", placed.Status)
	require.Equal(t, "REQUIRES_ACTION", placed.Payment.Status)
	stream := customer.connect().order(placed.ID, "")
	stream.expect(placed.ID, 0, "PLACED")
	cook := s.signIn("cook")
	early := cook.refused(cook.move("confirmOrder", placed.ID))
	require.Equal(t, "InvalidTransitionError", early.Type, "nobody has paid")

	declined := customer.pay(placed.ID, "tok_declined")
	require.Equal(t, "PENDING", declined.Order.Status, "the customer may try another card")
	require.Equal(t, "FAILED", declined.Order.Payment.Status)
	require.Equal(t, "PaymentDeclinedError", declined.UserErrors[0].Type)
	paid := customer.accepted(customer.pay(placed.ID, "tok_ok"))

	require.Equal(t, "CONFIRMED", paid.Status)
	require.Equal(t, "AUTHORIZED", paid.Payment.Status)
	stream.expect(placed.ID, 1, "CONFIRMED")
	require.Equal(t, 1, s.charges(placed.ID).Charges)
	again := customer.refused(customer.pay(placed.ID, "tok_ok"))
	require.Equal(t, "InvalidTransitionError", again.Type, "an order is paid once")
}

func TestCancellingAfterADeclinedTryIsNoDecline(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	require.Len(t, customer.pay(placed.ID, "tok_declined").UserErrors, 1)

	cancelled := customer.accepted(customer.move("cancelOrder", placed.ID))

	require.Equal(t, "CANCELLED", cancelled.Status)
	require.Zero(t, s.charges(placed.ID).Held)
}

func TestASilentGatewaySettlesByItself(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")

	placed := customer.placed(s.margherita().card("tok_timeout"))
	require.Equal(t, "PENDING", placed.Status, "nobody knows yet")
	require.Equal(t, "PENDING", placed.Payment.Status)
	stream := customer.connect().order(placed.ID, "")
	stream.expect(placed.ID, 0, "PLACED")

	stream.expect(placed.ID, 1, "CONFIRMED")
	require.Equal(t, "AUTHORIZED", customer.order(placed.ID).Payment.Status)
	require.Equal(t, 1, s.charges(placed.ID).Charges)
	require.Equal(t, placed.Totals.Total, s.charges(placed.ID).Held)
}

func TestACustomerWhoCancelsPaysNothing(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before := manager.stock()
	card, cash := customer.placed(s.margherita().card("tok_ok")), customer.placed(s.margherita())

	card = customer.accepted(customer.move("cancelOrder", card.ID, "expectedVersion", 2, "reason", "Not hungry any more."))
	cash = customer.moves(cash.ID, "cancelOrder")

	require.Equal(t, "CANCELLED", card.Status)
	require.Equal(t, "VOIDED", card.Payment.Status)
	require.Equal(t, "Not hungry any more.", card.Timeline[2].Reason)
	require.Equal(t, "CUSTOMER", card.Timeline[2].Actor.Role)
	require.Zero(t, s.charges(card.ID).Held)
	require.Equal(t, "VOIDED", cash.Payment.Status)
	require.Equal(t, before, manager.stock())
	require.Zero(t, customer.history(nil).TotalOrders)
	refused := customer.refused(customer.move("cancelOrder", card.ID))
	require.Equal(t, "InvalidTransitionError", refused.Type)
	require.Empty(t, refused.Allowed)
}

func TestStaffWhoCancelRefundWithAReason(t *testing.T) {
	s := open(t)
	customer, cook, manager := s.signIn("customer"), s.signIn("cook"), s.signIn("manager")
	before := manager.stock()
	placed := customer.placed(s.margherita().card("tok_ok"))
	cook.moves(placed.ID, "startPreparingOrder")
	require.Equal(t, 1, customer.history(nil).TotalOrders)
	late := customer.refused(customer.move("cancelOrder", placed.ID))
	require.Equal(t, "InvalidTransitionError", late.Type, "the kitchen has begun")
	for _, reason := range []any{nil, "", "   "} {
		silent := cook.refused(cook.move("cancelOrder", placed.ID, "reason", reason))
		require.Equal(t, "InvalidInputError", silent.Type, "reason %q", reason)
		require.Equal(t, []string{"reason"}, silent.Path)
	}

	cancelled := cook.accepted(cook.move("cancelOrder", placed.ID, "reason", "The oven is broken."))

	require.Equal(t, "CANCELLED", cancelled.Status)
	require.Equal(t, "REFUNDED", cancelled.Payment.Status)
	require.Equal(t, placed.Totals.Total, cancelled.Payment.Refunded)
	require.Zero(t, s.charges(placed.ID).Held)
	require.Equal(t, placed.Totals.Total, s.charges(placed.ID).Refunded)
	require.Equal(t, before, manager.stock())
	require.Zero(t, customer.history(nil).TotalOrders)
	require.Empty(t, manager.popular("ALL_TIME"))
}

func TestTheShopCanReject(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita().card("tok_ok"))

	rejected := cook.accepted(cook.move("rejectOrder", placed.ID, "reason", "We close early."))

	require.Equal(t, "REJECTED", rejected.Status)
	require.Equal(t, "VOIDED", rejected.Payment.Status)
	require.Zero(t, s.charges(placed.ID).Held)
}

func TestAnOrderThatNobodyPaysIsCancelled(t *testing.T) {
	s := open(t, func(c *server.Config) { c.AbandonAfter = 500 * time.Millisecond })
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before, start := manager.stock(), customer.asOf()

	placed := customer.placed(s.margherita().card("tok_requires_action"))

	cancelled := customer.connect().order(placed.ID, start).expect(placed.ID, 0, "PLACED", "CANCELLED")[1]

	require.Equal(t, "SYSTEM", cancelled.Event.Actor.Role)
	require.NotEmpty(t, cancelled.Event.Reason)
	require.Equal(t, before, manager.stock())
	customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Status == "VOIDED" })
}
