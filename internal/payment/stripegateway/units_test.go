package stripegateway

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/money"
)

func TestStripeCountsInUnitsOfItsOwn(t *testing.T) {
	t.Parallel()
	for currency, c := range map[string]struct{ amount, units int64 }{
		"USD": {1_234, 1_234}, "EUR": {50, 50}, "HUF": {299_000, 299_000}, "TWD": {10_000, 10_000}, "RSD": {89_000, 89_000},
		"JPY": {500, 500}, "KRW": {9_900, 9_900}, "XOF": {1_000, 1_000},
		"KWD": {1_250, 1_250}, "TND": {10, 10},
		"ISK": {5, 500}, "UGX": {20_000, 2_000_000},
		"MGA": {500_000, 5_000},
	} {
		sent, err := units(c.amount, currency)
		require.NoError(t, err, currency)
		require.Equal(t, c.units, sent, currency)
		require.Equal(t, c.amount, amount(sent, currency), currency)
	}
	require.EqualValues(t, 300, amount(300, ""), "an event that doesn't tell the currency")
}

func TestWhatCantBeChargedIsNotSent(t *testing.T) {
	t.Parallel()
	for currency, amount := range map[string]int64{"KWD": 1_234, "BHD": 5, "MGA": 50, "IQD": 1_000, "LYD": 10, "USD": -1, "ISK": math.MaxInt64} {
		_, err := units(amount, currency)
		var misuse *payment.Misuse
		require.ErrorAs(t, err, &misuse, currency)
		require.False(t, misuse.Burnt, "no key was used")
	}
}

func TestUnitsConvertBackExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(money.Currencies()).Draw(t, "currency")
		bounds := (&Gateway{}).Amounts(currency)
		step := money.Step(currency)
		require.Zero(t, bounds.Most%step)
		require.Zero(t, bounds.Least%step)
		if bounds.Least == 0 {
			return
		}
		require.Less(t, bounds.Least, bounds.Most)
		some := rapid.Int64Range(bounds.Least/step, bounds.Most/step).Draw(t, "steps") * step
		more := rapid.Int64Range(0, some/step).Draw(t, "more") * step

		sent, err := units(some, currency)
		require.NoError(t, err)
		require.Equal(t, some, amount(sent, currency))
		part, err := units(more, currency)
		require.NoError(t, err)
		require.Equal(t, some-more, amount(sent-part, currency), "differences are the same")
	})
}
