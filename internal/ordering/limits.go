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

// OpenOfGuests is what a guest has open at a location, told by the phone number, and what all guests of the same network have.
type OpenOfGuests struct{ Person, Network Open }

// Allow refuses, with LIMIT_REACHED, what is more than a guest may have open: as much as any new customer, and no more than one
// customer for all guests of a network, who may be the same with other numbers. Only a person's cash is counted, since few
// people of a house make a network look like a crowd that doesn't pay.
func (open OpenOfGuests) Allow(limits location.OrderLimits) error {
	network := limits
	network.NewCustomerCashOrders = nil
	if open.Network.Allow(network) != nil {
		return fault.New(fault.LimitReached, "Guests of your network have as many unfinished orders as they may. Wait for one of them, or sign in.").At("items")
	}
	if exceeds(open.Person.CashOrders, limits.NewCustomerCashOrders) {
		return fault.New(fault.LimitReached, "Guests may have %d unfinished orders to be paid in cash. Pay by card, or sign in.",
			*limits.NewCustomerCashOrders).At("paymentMethod")
	}
	return open.Person.Allow(limits)
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
