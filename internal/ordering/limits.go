package ordering

import (
	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// Open is what a customer has open at a location.
type Open struct {
	Orders     int
	Portions   int
	CashOrders int
	// Known tells that something was handed over to the customer once, at any location.
	Known bool
}

// Allow refuses, with LIMIT_REACHED, what is more than a customer may have open.
func (open Open) Allow(limits location.OrderLimits) error {
	switch {
	case exceeds(open.Orders, limits.OpenOrders):
		return fault.New(fault.LimitReached, "You may have %d unfinished orders. Wait for one of them.", *limits.OpenOrders).At("items")
	case exceeds(open.Portions, limits.OpenPortions):
		return fault.New(fault.LimitReached, "Your unfinished orders may have %d portions. Call us for more.", *limits.OpenPortions).At("items")
	case !open.Known && exceeds(open.CashOrders, limits.NewCustomerCashOrders):
		return fault.New(fault.LimitReached, "Until your first order is handed over you may have %d to be paid in cash. Pay by card.",
			*limits.NewCustomerCashOrders).At("paymentMethod")
	}
	return nil
}

func exceeds(count int, limit *int) bool { return limit != nil && count > *limit }
