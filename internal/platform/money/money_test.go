package money_test

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/currency"
	"pgregory.net/rapid"

	"pizzeria/internal/platform/money"
)

func TestTheTableIsThatOfISO4217(t *testing.T) {
	t.Parallel()
	all := money.Currencies()
	require.Len(t, all, 154)
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(all))), len(all), "each once")
	for code, decimals := range map[string]int{"USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "CHF": 2, "HUF": 2, "RSD": 2, "ISK": 0, "UGX": 0, "MGA": 2, "ITL": 2} {
		require.Equal(t, decimals, money.Decimals(code), code)
	}
	for _, code := range []string{"", "usd", "US", "USDX", "XXX", "XTS", "XAU", "ITL", "HRK", "ZZZ", "EUR ", "€", "D E", " EU"} {
		require.False(t, money.IsTender(code), code)
	}
}

// golang.org/x/text has the decimals of CLDR, which people write. Where they are others than the standard's, it is by intent.
func TestTheTableDiffersFromCLDRWhereItIsKnown(t *testing.T) {
	t.Parallel()
	var others, since []string
	known := map[string]bool{}
	for tender := currency.Query(); tender.Next(); {
		known[tender.Unit().String()] = true
	}
	for _, code := range money.Currencies() {
		unit, err := currency.ParseISO(code)
		if err != nil || !known[code] {
			since = append(since, code)
			continue
		}
		if digits, _ := currency.Standard.Rounding(unit); digits != money.Decimals(code) {
			others = append(others, code)
		}
	}
	require.Equal(t, "AFN ALL AMD COP GYD IDR IRR KPW LAK LBP MGA MMK MNT MUR PKR RSD SOS SYP TZS UZS YER IQD", strings.Join(others, " "), "fewer decimals are written")
	require.Equal(t, "MRU SLE VED VES XCG ZWG", strings.Join(since, " "), "newer than the library")
}

func TestAmountsAreWrittenForPeople(t *testing.T) {
	t.Parallel()
	for written, c := range map[string]struct {
		amount   int64
		currency string
	}{
		"USD 0.00": {0, "USD"}, "USD 0.05": {5, "USD"}, "USD 12.34": {1_234, "USD"}, "USD 999,999.99": {99_999_999, "USD"}, "-USD 0.50": {-50, "USD"},
		"JPY 0": {0, "JPY"}, "JPY 500": {500, "JPY"}, "JPY 1,234,567": {1_234_567, "JPY"}, "-JPY 1,000": {-1_000, "JPY"},
		"KWD 0.001": {1, "KWD"}, "KWD 1.250": {1_250, "KWD"}, "KWD 1,000.000": {1_000_000, "KWD"},
		"-USD 92,233,720,368,547,758.08": {math.MinInt64, "USD"},
	} {
		require.Equal(t, written, money.Format(c.amount, c.currency))
	}
}

func TestWhatIsWrittenIsTheAmount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64().Draw(t, "amount")
		code := rapid.SampledFrom(money.Currencies()).Draw(t, "currency")

		text := strings.ReplaceAll(strings.Replace(money.Format(amount, code), code+" ", "", 1), ",", "")

		read, ok := new(big.Rat).SetString(text)
		require.True(t, ok, text)
		unit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(money.Decimals(code))), nil))
		require.Equal(t, new(big.Rat).SetInt64(amount), read.Mul(read, unit))
	})
}
