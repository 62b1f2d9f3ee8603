package location

import (
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/money"
)

const maxAmount = 100_000_000

// ValidAmount accepts a price or a fee in minor units of a currency. It refuses, with BAD_USER_INPUT, what is too much, and what
// can't be paid in that currency, so that no order comes to such an amount.
func ValidAmount(amount int64, currency string, path ...string) error {
	if amount < 0 || amount > maxAmount {
		return fault.New(fault.BadUserInput, "An amount is %s to %s.", money.Format(0, currency), money.Format(maxAmount, currency)).At(path...)
	}
	return Payable(amount, currency, path...)
}

// Payable refuses, with BAD_USER_INPUT, an amount that is no multiple of the smallest one that can be paid in the currency.
func Payable(amount int64, currency string, path ...string) error {
	if step := money.Step(currency); amount%step != 0 {
		return fault.New(fault.BadUserInput, "%s can't be paid: amounts are multiples of %s.", money.Format(amount, currency), money.Format(step, currency)).At(path...)
	}
	return nil
}
