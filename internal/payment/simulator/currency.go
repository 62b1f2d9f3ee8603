package simulator

import (
	"fmt"
	"slices"
	"strings"

	"pizzeria/internal/platform/money"
)

// currency is how the gateway counts amounts in a currency, which is not how everybody else does.
type currency struct {
	decimals int
	multiple int64 // amounts are multiples of it
	least    int64 // the smallest charge
	most     int64
}

// currencyOf gives a currency by its code in small letters; false if the gateway doesn't know it.
func currencyOf(code string) (currency, bool) {
	is := func(codes string) bool { return slices.Contains(strings.Fields(codes), code) }
	c := currency{decimals: 2, multiple: 1, least: 1, most: 99_999_999}
	switch {
	case !money.IsTender(strings.ToUpper(code)) || code != strings.ToLower(code) || is("iqd lyd"):
		return currency{}, false
	case is("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf"):
		c.decimals = 0
	case is("bhd jod kwd omr tnd"):
		c.decimals, c.multiple = 3, 10
	case is("isk ugx"): // written with two decimals, that are none
		c.multiple = 100
	case code == "idr":
		c.most = 999_999_999_999
	}
	for codes, least := range map[string]int64{
		"aud brl cad chf eur inr jpy nzd sgd usd": 50, "gbp": 30, "aed myr pln ron": 200, "dkk": 250, "nok sek": 300, "hkd": 400,
		"mxn thb": 1_000, "czk": 1_500, "huf": 17_500,
	} {
		if is(codes) {
			c.least = least
		}
	}
	return c, true
}

// charge refuses an amount that can't be charged.
func (c currency) charge(amount int64) *Refusal {
	switch {
	case amount < c.least:
		return invalid("amount", "amount_too_small", "The amount is below the smallest charge.")
	case amount > c.most:
		return invalid("amount", "amount_too_large", "The amount has too many digits.")
	}
	return c.whole("amount", amount)
}

// whole refuses an amount that the currency doesn't have.
func (c currency) whole(param string, amount int64) *Refusal {
	if c.multiple > 1 && amount%c.multiple != 0 {
		return invalid(param, "parameter_invalid_integer", fmt.Sprintf("The amount must be a multiple of %d.", c.multiple))
	}
	return nil
}

func (in Intent) whole(param string, amount int64) *Refusal {
	c, _ := currencyOf(in.Currency)
	return c.whole(param, amount)
}

// shown writes the intent's amount for people.
func (in Intent) shown() string {
	code := strings.ToUpper(in.Currency)
	c, _ := currencyOf(in.Currency)
	amount := in.Amount
	for range money.Decimals(code) - c.decimals {
		amount *= 10
	}
	for range c.decimals - money.Decimals(code) {
		amount /= 10
	}
	return money.Format(amount, code)
}
