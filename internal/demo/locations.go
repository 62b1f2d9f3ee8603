package demo

import (
	"pizzeria/internal/location"
	"pizzeria/internal/platform/postal"
)

// Locations returns the demo's places. The second is in another zone and currency, and its prices contain the tax.
func Locations() []location.CreateLocation {
	return []location.CreateLocation{{
		ID: id("location", "chicago"), Name: "Mario's, Chicago", Slug: "chicago", Phone: new("+1 312 555 0100"),
		Address:  postal.Address{Street: "1 Taylor Street", City: "Chicago", PostalCode: "60607"},
		TimeZone: "America/Chicago", DayEndsAt: 4 * 60, Currency: "USD", DeliveryFee: 350, TaxRates: taxed(825),
	}, {
		ID: id("location", "naples"), Name: "Mario's, Naples", Slug: "naples", Phone: new("+39 081 555 0100"),
		Address:  postal.Address{Street: "Via dei Tribunali 1", City: "Naples", PostalCode: "80138"},
		TimeZone: "Europe/Rome", DayEndsAt: 4 * 60, Currency: "EUR", PricesIncludeTax: true, DeliveryFee: 250,
		TaxRates: []location.TaxRate{
			{Category: location.Food, RateBasisPoints: 1_000},
			{Category: location.Drink, RateBasisPoints: 1_000},
			{Category: location.Alcohol, RateBasisPoints: 2_200},
			{Category: location.Other, RateBasisPoints: 2_200},
		},
	}}
}

// taxed has one rate for all that is sold.
func taxed(basisPoints int) []location.TaxRate {
	return []location.TaxRate{
		{Category: location.Food, RateBasisPoints: basisPoints},
		{Category: location.Drink, RateBasisPoints: basisPoints},
		{Category: location.Alcohol, RateBasisPoints: basisPoints},
		{Category: location.Other, RateBasisPoints: basisPoints},
	}
}
