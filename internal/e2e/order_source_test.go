package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnOrderTellsWhereItCameFrom(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")

	require.Equal(t, "WEB", customer.placed(s.margherita()).Source)
	called := cook.placed(s.margherita().with("source", "PHONE"))
	require.Equal(t, "PHONE", called.Source)
	require.Equal(t, "PHONE", cook.order(called.ID).Source)
}

func TestOnlyStaffTakeOrdersByPhoneOrAtTheCounter(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	rows := s.countWrittenRows()

	for _, source := range []string{"PHONE", "COUNTER"} {
		refused := customer.refused(customer.place(s.margherita().with("source", source)))
		require.Equal(t, "BAD_USER_INPUT", refused.Code)
		require.Equal(t, []string{"source"}, refused.Path)
	}

	require.Equal(t, rows, s.countWrittenRows())
}
