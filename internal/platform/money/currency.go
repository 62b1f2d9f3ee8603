// Package money knows the currencies of ISO 4217: in which units their amounts are counted, and how people write them.
package money

import "strings"

// The currencies of ISO 4217 that are legal tender, by the decimals of their minor unit. Those of golang.org/x/text/currency
// are the decimals that people usually write, not those of the standard, and its list is some years old.
const (
	noDecimals  = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
	twoDecimals = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
		"CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR " +
		"JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD " +
		"NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN " +
		"SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
	threeDecimals = "BHD IQD JOD KWD LYD OMR TND"
)

// Currencies lists the codes of all currencies that are legal tender.
func Currencies() []string {
	return strings.Fields(noDecimals + " " + twoDecimals + " " + threeDecimals)
}

// IsTender tells whether a code is that of a currency which is legal tender.
func IsTender(code string) bool {
	return listed(noDecimals, code) || listed(twoDecimals, code) || listed(threeDecimals, code)
}

// Decimals returns how many decimals the minor unit of a currency has: 2 for USD, none for JPY, 3 for KWD. A currency that isn't
// known has 2, as nearly all of those have that were legal tender once.
func Decimals(code string) int {
	switch {
	case listed(noDecimals, code):
		return 0
	case listed(threeDecimals, code):
		return 3
	default:
		return 2
	}
}

// Step returns the smallest amount, in minor units, that can be paid in a currency; what is paid is a multiple of it. Mostly it is
// 1. The last of three decimals is no coin and can't be charged to a card, and neither can hundredths of an ariary, which are none.
func Step(code string) int64 {
	switch {
	case listed(threeDecimals, code):
		return 10
	case code == "MGA":
		return 100
	default:
		return 1
	}
}

func listed(codes, code string) bool {
	return len(code) == 3 && !strings.Contains(code, " ") && strings.Contains(codes, code)
}
