package ordering

import (
	"strconv"

	"pizzeria/internal/location"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/money"
)

// checkAmounts refuses, with BAD_USER_INPUT, what the payment gateway wouldn't take, and a tip that is a slip of the finger.
func (s State) checkAmounts(bounds payment.Amounts) error {
	t, written := s.Totals, func(amount int64) string { return money.Format(amount, s.Currency) }
	if err := s.checkPayable(); err != nil {
		return err
	}
	switch {
	case t.Tip > t.Total-t.Tip:
		return tipTooLarge()
	case t.Total > bounds.Most:
		return fault.New(fault.BadUserInput, "An order comes to %s at most.", written(bounds.Most)).
			With(fault.Details{Reason: &fault.Reason{Code: string(TotalTooLarge), Amount: bounds.Most}}).At("items")
	case s.Payment.viaGateway() && bounds.Least == 0:
		return fault.New(fault.BadUserInput, "Cards can't be charged in %s.", s.Currency).At("paymentMethod")
	case s.Payment.viaGateway() && t.Total < bounds.Least:
		return fault.New(fault.BadUserInput, "Less than %s can't be paid by card.", written(bounds.Least)).At("paymentMethod")
	}
	return nil
}

// checkPayable refuses amounts that can't be paid in the currency. What the order is made of is checked and not its total, so that
// it can be given back in parts, too; the tax is rounded.
func (s State) checkPayable() error {
	for i, l := range s.Lines {
		if err := location.Payable(l.UnitPrice, s.Currency, "items", strconv.Itoa(i), "menuItemId"); err != nil {
			return err
		}
	}
	if err := location.Payable(s.Totals.DeliveryFee, s.Currency, "fulfillment"); err != nil {
		return err
	}
	return location.Payable(s.Totals.Tip, s.Currency, "tip")
}

func tipTooLarge() error {
	return because(TipTooLarge, nil, "A tip is at most what the order costs without it.").At("tip")
}

// checkMinimum refuses, with BELOW_MINIMUM, to deliver food for less than the location wants for that.
func (s State) checkMinimum(charges location.Charges) error {
	if s.Fulfillment != Delivery || s.Totals.Subtotal-s.Totals.Discount >= charges.MinimumOrder {
		return nil
	}
	return fault.New(fault.BelowMinimum, "Food for %s at least is delivered.", money.Format(charges.MinimumOrder, s.Currency)).
		With(fault.Details{Minimum: charges.MinimumOrder}).At("items")
}
