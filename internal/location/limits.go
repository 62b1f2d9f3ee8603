package location

import (
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// OrderLimits bound what one customer may have open at a location, so that nobody holds its stock without paying for it. Nil
// is no bound.
type OrderLimits struct {
	// OpenOrders and OpenPortions are of all orders that are not finished.
	OpenOrders   *int `json:"openOrders"`
	OpenPortions *int `json:"openPortions"`
	// NewCustomerCashOrders are orders that are not finished and to be paid in cash, of a customer to whom nothing was ever
	// handed over.
	NewCustomerCashOrders *int `json:"newCustomerCashOrders"`
}

// DefaultOrderLimits are those of a location that says nothing else.
func DefaultOrderLimits() OrderLimits {
	return OrderLimits{OpenOrders: new(20), OpenPortions: new(200), NewCustomerCashOrders: new(2)}
}

// Unbounded tells whether nothing is bounded.
func (l OrderLimits) Unbounded() bool { return l == OrderLimits{} }

func (l OrderLimits) equal(other OrderLimits) bool {
	return patch.Same(l.OpenOrders, other.OpenOrders) && patch.Same(l.OpenPortions, other.OpenPortions) &&
		patch.Same(l.NewCustomerCashOrders, other.NewCustomerCashOrders)
}

const maxLimit = 1_000_000

func validOrderLimits(l OrderLimits) error {
	for _, limit := range []struct {
		field string
		least int
		value *int
	}{{"openOrders", 1, l.OpenOrders}, {"openPortions", 1, l.OpenPortions}, {"newCustomerCashOrders", 0, l.NewCustomerCashOrders}} {
		if limit.value != nil && (*limit.value < limit.least || *limit.value > maxLimit) {
			return fault.New(fault.BadUserInput, "A limit is %d to %d, or null for none.", limit.least, maxLimit).At("orderLimits", limit.field)
		}
	}
	return nil
}
