package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const askedWrongly = "the payment gateway refuses how it is asked"

// The gateway says for good, under the key that it was asked with, that a parameter of ours is wrong. Another key is taken.
func TestAFaultOfOursIsNotTheCards(t *testing.T) {
	s := open(t)
	s.expectError(askedWrongly)
	customer := s.signIn("customer")

	done := customer.place(s.margherita().card("tok_our_fault_once"))

	require.Len(t, done.UserErrors, 1, done.raw)
	require.Equal(t, "RefusedError", done.UserErrors[0].Type)
	require.Equal(t, "PAYMENT_UNAVAILABLE", done.UserErrors[0].Code)
	require.Equal(t, "PENDING", done.Order.Status)
	require.Equal(t, "PENDING", done.Order.Payment.Status, "it stays due")
	paid := customer.eventually(done.Order.ID, func(o *order) bool { return o.Status == "CONFIRMED" })
	require.Equal(t, "AUTHORIZED", paid.Payment.Status)
	require.Equal(t, 1, s.charges(paid.ID).Charges)
	require.Equal(t, "1", s.first.metric(t, `pizzeria_gateway_calls_total{call="authorize",outcome="ours"}`))
	require.Equal(t, "1", s.first.metric(t, `pizzeria_gateway_calls_total{call="authorize",outcome="ok"}`))
}

func TestACardThatIsDeclinedIsTheCustomers(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	for i, token := range []string{"tok_declined", "tok_insufficient_funds", "tok_nobody_knows"} {
		require.Equal(t, "PAYMENT_DECLINED", customer.place(s.margherita().card(token)).UserErrors[0].Code, token)
		require.Equal(t, string(rune('1'+i)), s.first.metric(t, `pizzeria_gateway_calls_total{call="authorize",outcome="declined"}`))
	}
	require.Empty(t, s.first.metric(t, `pizzeria_gateway_calls_total{call="authorize",outcome="ours"}`))
}

// Another card, tried while the shop asks wrongly: the order waits, and is paid by it in the end.
func TestAFaultOfOursWhilePayingAgainIsNotTheCards(t *testing.T) {
	s := open(t)
	s.expectError(askedWrongly)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))

	tried := customer.pay(placed.ID, "tok_our_fault_once")

	require.Len(t, tried.UserErrors, 1, tried.raw)
	require.Equal(t, "PAYMENT_UNAVAILABLE", tried.UserErrors[0].Code)
	require.Equal(t, "PENDING", tried.Order.Status)
	paid := customer.eventually(placed.ID, func(o *order) bool { return o.Status == "CONFIRMED" })
	require.Equal(t, 1, s.charges(paid.ID).Charges)
}
