package location

import (
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/money"
)

// validCurrency accepts what is legal tender somewhere.
func validCurrency(code string) error {
	if !money.IsTender(code) {
		return fault.New(fault.BadUserInput, "A currency is an ISO 4217 code of legal tender, for example EUR.").At("currency")
	}
	return nil
}
