package stripegateway

import "pizzeria/internal/payment"

// most is what Stripe takes in most currencies: eight digits. Some allow more; no pizza does.
const most = 99_999_999

// Amounts implements payment.Gateway, with the smallest charges that Stripe documents. Of a currency that isn't among them it
// takes one unit and more: the account's own currency decides there, which isn't known.
func (g *Gateway) Amounts(currency string) payment.Amounts {
	least := int64(1)
	switch currency {
	case "AUD", "BRL", "CAD", "CHF", "EUR", "INR", "JPY", "NZD", "SGD", "USD":
		least = 50
	case "GBP":
		least = 30
	case "BGN":
		least = 100
	case "AED", "MYR", "PLN", "RON":
		least = 200
	case "DKK":
		least = 250
	case "NOK", "SEK":
		least = 300
	case "HKD":
		least = 400
	case "MXN", "THB":
		least = 1_000
	case "CZK":
		least = 1_500
	case "HUF":
		least = 17_500
	}
	return payment.Amounts{Least: least, Most: most}
}
