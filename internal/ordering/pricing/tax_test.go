package pricing_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
)

// charging taxes food and drinks at these rates, in basis points.
func charging(food, drink int) location.Charges {
	return location.Charges{Currency: "USD", DeliveryFee: 350, TaxRates: []location.TaxRate{
		{Category: location.Food, RateBasisPoints: food}, {Category: location.Drink, RateBasisPoints: drink},
	}}
}

// including is charging, with the tax in the prices.
func including(food, drink int) location.Charges {
	charges := charging(food, drink)
	charges.PricesIncludeTax = true
	return charges
}

func foodAt(price int64, quantity int) pricing.Line {
	return pricing.Line{Dish: pricing.Dish{TaxCategory: location.Food, Price: price}, Quantity: quantity}
}

func drinkAt(price int64, quantity int) pricing.Line {
	return pricing.Line{Dish: pricing.Dish{TaxCategory: location.Drink, Price: price}, Quantity: quantity}
}

func TestTotalsAddUp(t *testing.T) {
	t.Parallel()
	lines := []pricing.Line{foodAt(1_250, 2), foodAt(399, 1)}

	require.Equal(t,
		pricing.Totals{Subtotal: 2_899, DeliveryFee: 350, Tax: 239, Tip: 500, Total: 3_988},
		totalOf(lines, location.Delivery, 500, charging(825, 0)), "delivery: 28.99 taxed at 8.25 % is 2.391675")
	require.Equal(t,
		pricing.Totals{Subtotal: 2_899, Tax: 239, Total: 3_138},
		totalOf(lines, location.Pickup, 0, charging(825, 0)), "pickup: no fee")
	require.Equal(t,
		pricing.Totals{Subtotal: 2_899, DeliveryFee: 350, Tax: 264, Tip: 500, Total: 3_749, TaxIncluded: true},
		totalOf(lines, location.Delivery, 500, including(1_000, 0)), "28.99 contains 2.6354... of tax at 10 %")
}

func TestTaxIsRoundedHalfUpOnceForEachRate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines   []pricing.Line
		charges location.Charges
		tax     int64
	}{
		"half a cent":                 {[]pricing.Line{foodAt(50, 1)}, charging(100, 0), 1},
		"less than half a cent":       {[]pricing.Line{foodAt(49, 1)}, charging(100, 0), 0},
		"one and a half":              {[]pricing.Line{foodAt(150, 1)}, charging(100, 0), 2},
		"untaxed":                     {[]pricing.Line{foodAt(1_000, 1)}, charging(0, 0), 0},
		"895.0125":                    {[]pricing.Line{foodAt(12_345, 1)}, charging(725, 0), 895},
		"two rates, half a cent each": {[]pricing.Line{foodAt(50, 1), drinkAt(25, 1)}, charging(100, 200), 2},
		"two categories, one rate":    {[]pricing.Line{foodAt(50, 1), drinkAt(50, 1)}, charging(100, 100), 1},
		"a category without a rate":   {[]pricing.Line{{Dish: pricing.Dish{TaxCategory: location.Alcohol, Price: 1_000}, Quantity: 1}}, charging(100, 100), 0},
		"8 % of 1,080 yen, contained": {[]pricing.Line{foodAt(1_080, 1)}, including(800, 1_000), 80},
		"two rates, contained":        {[]pricing.Line{foodAt(1_080, 1), drinkAt(550, 2)}, including(800, 1_000), 180},
		"all of the price but a rest": {[]pricing.Line{foodAt(1, 1)}, including(10_000, 0), 1},
	} {
		require.Equal(t, c.tax, totalOf(c.lines, location.Pickup, 0, c.charges).Tax, name)
	}
}

func TestWhatIsPickedUpMayBeTaxedOtherwise(t *testing.T) {
	t.Parallel()
	charges := charging(700, 0)
	charges.TaxRates[0].PickupRateBasisPoints = new(1_900)

	require.EqualValues(t, 70, totalOf([]pricing.Line{foodAt(1_000, 1)}, location.Delivery, 0, charges).Tax)
	require.EqualValues(t, 190, totalOf([]pricing.Line{foodAt(1_000, 1)}, location.Pickup, 0, charges).Tax)
}

func TestTaxDoesNotDependOnHowAnOrderIsSplit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Int64Range(0, 100_000_000).Draw(t, "price")
		quantity := rapid.IntRange(1, 50).Draw(t, "quantity")
		charges := charging(rapid.IntRange(0, 10_000).Draw(t, "basis points"), 0)
		charges.PricesIncludeTax = rapid.Bool().Draw(t, "included")

		split := make([]pricing.Line, quantity)
		for i := range split {
			split[i] = foodAt(price, 1)
		}
		whole := totalOf([]pricing.Line{foodAt(price, quantity)}, location.Delivery, 100, charges)

		require.Equal(t, whole, totalOf(split, location.Delivery, 100, charges))
		onTop := whole.Tax
		if charges.PricesIncludeTax {
			onTop = 0
			require.LessOrEqual(t, whole.Tax*2, whole.Subtotal+1, "at 100 % half of the price is tax")
		}
		require.Equal(t, whole.Total, whole.Subtotal-whole.Discount+whole.DeliveryFee+onTop+whole.Tip)
	})
}

func totalOf(lines []pricing.Line, how location.Fulfillment, tip int64, charges location.Charges) pricing.Totals {
	return pricing.Price(pricing.Basket{Lines: lines, Fulfillment: how, Tip: tip, Charges: charges}).Totals
}
