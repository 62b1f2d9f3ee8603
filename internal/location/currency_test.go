package location

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

func TestCurrenciesAreLegalTender(t *testing.T) {
	t.Parallel()
	for code, digits := range map[string]int{"USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "CHF": 2} {
		require.NoError(t, validCurrency(code), code)
		require.Equal(t, digits, MinorDigits(code), code)
	}
	for _, code := range []string{"", "usd", "US", "USDX", "XXX", "XTS", "XAU", "ITL", "DEM", "ZZZ", "EUR ", "€"} {
		require.True(t, faulttest.Refusal(t, validCurrency(code)), code)
	}
}
