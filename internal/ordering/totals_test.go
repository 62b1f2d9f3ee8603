package ordering

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTotalsAddUp(t *testing.T) {
	t.Parallel()
	pricing := Pricing{Currency: "USD", TaxBasisPoints: 825, DeliveryFeeCents: 350}
	lines := []Line{{Quantity: 2, UnitPrice: 1_250}, {Quantity: 1, UnitPrice: 399}}

	require.Equal(t,
		Totals{Subtotal: 2_899, DeliveryFee: 350, Tax: 239, Tip: 500, Total: 3_988},
		pricing.total(lines, Delivery, 500), "delivery: 28.99 taxed at 8.25 % is 2.391675")
	require.Equal(t,
		Totals{Subtotal: 2_899, Tax: 239, Total: 3_138},
		pricing.total(lines, Pickup, 0), "pickup: no fee")
}

func TestTaxIsRoundedHalfUpOnceOnTheWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		subtotal, basisPoints, tax int64
	}{
		{subtotal: 50, basisPoints: 100, tax: 1},       // 0.50
		{subtotal: 49, basisPoints: 100, tax: 0},       // 0.49
		{subtotal: 150, basisPoints: 100, tax: 2},      // 1.50
		{subtotal: 1_000, basisPoints: 0, tax: 0},      // untaxed
		{subtotal: 12_345, basisPoints: 725, tax: 895}, // 895.0125
	} {
		pricing := Pricing{TaxBasisPoints: c.basisPoints}
		require.Equal(t, c.tax, pricing.total([]Line{{Quantity: 1, UnitPrice: c.subtotal}}, Pickup, 0).Tax)
	}
}

func TestTaxDoesNotDependOnHowAnOrderIsSplit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Int64Range(0, 100_000_000).Draw(t, "price")
		quantity := rapid.IntRange(1, 50).Draw(t, "quantity")
		pricing := Pricing{TaxBasisPoints: rapid.Int64Range(0, 10_000).Draw(t, "basis points"), DeliveryFeeCents: 300}

		split := make([]Line, quantity)
		for i := range split {
			split[i] = Line{Quantity: 1, UnitPrice: price}
		}
		whole := pricing.total([]Line{{Quantity: quantity, UnitPrice: price}}, Delivery, 100)

		require.Equal(t, whole, pricing.total(split, Delivery, 100))
		require.Equal(t, whole.Total, whole.Subtotal-whole.Discount+whole.DeliveryFee+whole.Tax+whole.Tip)
	})
}
