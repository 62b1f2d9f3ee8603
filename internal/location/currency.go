package location

import (
	"golang.org/x/text/currency"

	"pizzeria/internal/platform/fault"
)

// MinorDigits returns how many decimals amounts of the currency have: 2 for USD, none for JPY, 3 for KWD. It must be a code
// that ISO 4217 knows.
func MinorDigits(code string) int {
	digits, _ := currency.Standard.Rounding(currency.MustParseISO(code))
	return digits
}

// validCurrency accepts what is legal tender somewhere.
func validCurrency(code string) error {
	unit, err := currency.ParseISO(code)
	if err == nil && unit.String() == code {
		for tender := currency.Query(); tender.Next(); {
			if tender.Unit() == unit {
				return nil
			}
		}
	}
	return fault.New(fault.BadUserInput, "A currency is an ISO 4217 code of legal tender, for example EUR.").At("currency")
}
