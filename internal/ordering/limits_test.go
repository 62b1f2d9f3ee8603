package ordering

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

func TestWhatACustomerMayHaveOpen(t *testing.T) {
	t.Parallel()
	limits := Limits{OpenOrders: 3, OpenPortions: 10, NewCustomerCashOrders: 1}
	for name, c := range map[string]struct {
		open Open
		path string // "" if it is allowed
	}{
		"as much as allowed":   {Open{Orders: 3, Portions: 10, CashOrders: 1}, ""},
		"an order too many":    {Open{Orders: 4, Portions: 4}, "items"},
		"a portion too many":   {Open{Orders: 1, Portions: 11}, "items"},
		"a second one in cash": {Open{Orders: 2, Portions: 2, CashOrders: 2}, "paymentMethod"},
		"who is known":         {Open{Orders: 3, Portions: 3, CashOrders: 3, Known: true}, ""},
	} {
		err := limits.Allow(c.open)
		if c.path == "" {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.LimitReached, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, []string{c.path}, refusal.Path, name)
		require.True(t, refusal.Code.Passing(), "it isn't kept under the key")
	}
	require.NoError(t, Limits{}.Allow(Open{Orders: 1_000, Portions: 1_000, CashOrders: 1_000}))
}

func TestAnOrderComesToWhatTheGatewayTakes(t *testing.T) {
	t.Parallel()
	bounds := payment.Amounts{Least: 50, Most: 10_000}
	for name, c := range map[string]struct {
		method payment.Method
		totals Totals
		path   string
	}{
		"as usual":               {payment.Card, Totals{Subtotal: 1_000, Total: 1_000}, ""},
		"the most":               {payment.Card, Totals{Subtotal: 10_000, Total: 10_000}, ""},
		"more":                   {payment.Cash, Totals{Subtotal: 10_001, Total: 10_001}, "items"},
		"too little for a card":  {payment.Card, Totals{Subtotal: 49, Total: 49}, "paymentMethod"},
		"little in cash":         {payment.Cash, Totals{Subtotal: 49, Total: 49}, ""},
		"nothing":                {payment.Card, Totals{}, ""},
		"a tip as large as that": {payment.Card, Totals{Subtotal: 500, Tip: 500, Total: 1_000}, ""},
		"a slip of the finger":   {payment.Card, Totals{Subtotal: 500, Tip: 501, Total: 1_001}, "tip"},
	} {
		err := State{Totals: c.totals, Payment: Payment{Method: c.method, Amount: c.totals.Total}}.checkAmounts(bounds)
		if c.path == "" {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.BadUserInput, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, []string{c.path}, refusal.Path, name)
	}
}
