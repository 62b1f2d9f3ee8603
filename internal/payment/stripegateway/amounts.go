package stripegateway

import (
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/money"
)

// What Stripe takes at most, in its units: eight digits. Some other currencies have more, but need them for no order.
const (
	most          = 99_999_999
	mostInRupiah  = 999_999_999_999
	hasMoreDigits = "IDR"
)

// Amounts implements payment.Gateway, with the smallest charges that Stripe documents. Of a currency that isn't among them it
// takes the smallest amount that can be paid, and more: the account's own currency decides there, which isn't known.
func (g *Gateway) Amounts(currency string) payment.Amounts {
	largest := int64(most)
	if currency == hasMoreDigits {
		largest = mostInRupiah
	}
	step := money.Step(currency)
	bounds := payment.Amounts{Least: max(least(currency), step), Most: amount(largest, currency) / step * step}
	if among(unknown, currency) {
		bounds.Least = 0
	}
	return bounds
}

// least is the smallest charge that Stripe documents for a currency, in minor units; 0 if it documents none.
func least(currency string) int64 {
	switch currency {
	case "AUD", "BRL", "CAD", "CHF", "EUR", "INR", "JPY", "NZD", "SGD", "USD":
		return 50
	case "GBP":
		return 30
	case "AED", "MYR", "PLN", "RON":
		return 200
	case "DKK":
		return 250
	case "NOK", "SEK":
		return 300
	case "HKD":
		return 400
	case "MXN", "THB":
		return 1_000
	case "CZK":
		return 1_500
	case "HUF":
		return 17_500
	default:
		return 0
	}
}
