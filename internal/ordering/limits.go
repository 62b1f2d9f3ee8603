package ordering

import (
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// Limits bound what one customer may have open, so that nobody holds the shop's stock without paying for it. Zero is no bound;
// staff have none.
type Limits struct {
	// OpenOrders and OpenPortions are of all orders that are not finished.
	OpenOrders   int
	OpenPortions int
	// NewCustomerCashOrders are orders that are not finished and to be paid in cash, of a customer to whom nothing was ever
	// handed over.
	NewCustomerCashOrders int
}

// DefaultLimits are those of a shop that says nothing else.
func DefaultLimits() Limits {
	return Limits{OpenOrders: 20, OpenPortions: 200, NewCustomerCashOrders: 2}
}

// Open is what a customer has open.
type Open struct {
	Orders     int
	Portions   int
	CashOrders int
	// Known tells that something was handed over to the customer once.
	Known bool
}

// Allow refuses, with LIMIT_REACHED, what is more than a customer may have open.
func (l Limits) Allow(open Open) error {
	switch {
	case l.OpenOrders > 0 && open.Orders > l.OpenOrders:
		return fault.New(fault.LimitReached, "You may have %d unfinished orders. Wait for one of them.", l.OpenOrders).At("items")
	case l.OpenPortions > 0 && open.Portions > l.OpenPortions:
		return fault.New(fault.LimitReached, "Your unfinished orders may have %d portions. Call us for more.", l.OpenPortions).At("items")
	case l.NewCustomerCashOrders > 0 && !open.Known && open.CashOrders > l.NewCustomerCashOrders:
		return fault.New(fault.LimitReached, "Until your first order is handed over you may have %d to be paid in cash. Pay by card.",
			l.NewCustomerCashOrders).At("paymentMethod")
	}
	return nil
}

// checkAmounts refuses, with BAD_USER_INPUT, what the payment gateway wouldn't take, and a tip that is a slip of the finger.
func (s State) checkAmounts(bounds payment.Amounts) error {
	t := s.Totals
	switch {
	case t.Tip > t.Total-t.Tip:
		return fault.New(fault.BadUserInput, "A tip is at most what the order costs without it.").At("tip")
	case t.Total > bounds.Most:
		return fault.New(fault.BadUserInput, "An order comes to %d at most.", bounds.Most).At("items")
	case s.Payment.viaGateway() && t.Total < bounds.Least:
		return fault.New(fault.BadUserInput, "Less than %d can't be paid by card.", bounds.Least).At("paymentMethod")
	}
	return nil
}
