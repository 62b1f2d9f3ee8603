package ordering

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

func TestWhatACustomerMayHaveOpen(t *testing.T) {
	t.Parallel()
	limits := location.OrderLimits{OpenOrders: new(3), OpenPortions: new(10), NewCustomerCashOrders: new(1)}
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
		err := c.open.Allow(limits)
		if c.path == "" {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.LimitReached, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, []string{c.path}, refusal.Path, name)
		require.True(t, refusal.Code.Passing(), "it isn't kept under the key")
	}
	many := Open{Orders: 1_000, Portions: 1_000, CashOrders: 1_000}
	require.NoError(t, many.Allow(location.OrderLimits{}))
	requireCode(t, fault.LimitReached, Open{Orders: 1, CashOrders: 1}.Allow(location.OrderLimits{NewCustomerCashOrders: new(0)}), "none in cash")
}

func TestWhatGuestsMayHaveOpen(t *testing.T) {
	t.Parallel()
	limits := location.OrderLimits{OpenOrders: new(3), OpenPortions: new(10), NewCustomerCashOrders: new(1)}
	for name, c := range map[string]struct {
		open OpenOfGuests
		path string // "" if it is allowed
	}{
		"as much as a new customer":                {OpenOfGuests{Person: Open{Orders: 3, Portions: 10, CashOrders: 1}, Network: Open{Orders: 3, Portions: 10}}, ""},
		"a second one in cash":                     {OpenOfGuests{Person: Open{Orders: 2, Portions: 2, CashOrders: 2}}, "paymentMethod"},
		"an order too many, from several networks": {OpenOfGuests{Person: Open{Orders: 4, Portions: 4}, Network: Open{Orders: 1, Portions: 1}}, "items"},
		"an order too many, by several numbers":    {OpenOfGuests{Person: Open{Orders: 1, Portions: 1}, Network: Open{Orders: 4, Portions: 4}}, "items"},
		"a portion too many, by several numbers":   {OpenOfGuests{Person: Open{Orders: 1, Portions: 1}, Network: Open{Orders: 3, Portions: 11}}, "items"},
		"a house of guests who pay in cash":        {OpenOfGuests{Person: Open{Orders: 1, CashOrders: 1}, Network: Open{Orders: 3, CashOrders: 3}}, ""},
	} {
		err := c.open.Allow(limits)
		if c.path == "" {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.LimitReached, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, []string{c.path}, refusal.Path, name)
	}
	require.NoError(t, OpenOfGuests{Network: Open{Orders: 1_000}}.Allow(location.OrderLimits{}))
}
