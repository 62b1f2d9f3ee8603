package stripegateway

import (
	"math"
	"slices"
	"strings"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/money"
)

// Stripe counts amounts in its own units. They are those of ISO 4217, but for krónur and Ugandan shillings, which it counts
// with two decimals that are always 00, for ariary, which it counts whole, and for the last of three decimals, which has to be
// 0. Dinars that it doesn't know have no unit there.
const (
	withoutDecimals   = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
	withThreeDecimals = "BHD JOD KWD OMR TND"
	unknown           = "IQD LYD"
)

// units returns an amount as Stripe counts it. It fails with a *payment.Misuse for an amount that can't be charged: nothing of
// it is sent.
func units(amount int64, currency string) (int64, error) {
	up, down := scale(currency)
	if amount < 0 || amount > math.MaxInt64/up || amount%money.Step(currency) != 0 || amount%down != 0 || among(unknown, currency) {
		return 0, &payment.Misuse{Code: "amount_not_chargeable"}
	}
	return amount * up / down, nil
}

// amount returns what Stripe counts so, in minor units; the currency is as Stripe writes it.
func amount(units int64, currency string) int64 {
	up, down := scale(strings.ToUpper(currency))
	return units * down / up
}

// scale tells by how much to multiply and to divide minor units: one of the two is 1.
func scale(currency string) (up, down int64) {
	decimals := 2
	switch {
	case among(withoutDecimals, currency):
		decimals = 0
	case among(withThreeDecimals, currency), among(unknown, currency):
		decimals = 3
	}
	up, down = 1, 1
	for range decimals - money.Decimals(currency) {
		up *= 10
	}
	for range money.Decimals(currency) - decimals {
		down *= 10
	}
	return up, down
}

func among(codes, code string) bool { return slices.Contains(strings.Fields(codes), code) }
