package location

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

func TestCurrenciesAreLegalTender(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"USD", "EUR", "JPY", "KRW", "KWD", "CHF", "SLE", "XCG"} {
		require.NoError(t, validCurrency(code), code)
	}
	for _, code := range []string{"", "usd", "USDX", "XXX", "XAU", "ITL", "EUR ", "€"} {
		require.True(t, faulttest.Refusal(t, validCurrency(code)), code)
	}
}
