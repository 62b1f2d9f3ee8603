package money

import (
	"strconv"
	"strings"
)

// Format writes an amount, in minor units, for people: "USD 1,234.50", "JPY 500", "-KWD 0.250".
func Format(amount int64, currency string) string {
	sign, digits := "", strconv.FormatInt(amount, 10)
	if amount < 0 {
		sign, digits = "-", digits[1:]
	}
	decimals := Decimals(currency)
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + currency + " " + grouped(whole) + fraction
}

// grouped sets a comma between thousands.
func grouped(digits string) string {
	var b strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}
