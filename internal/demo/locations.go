package demo

import (
	"pizzeria/internal/location"
	"pizzeria/internal/platform/postal"
)

// Locations returns the demo's places.
func Locations() []location.CreateLocation {
	return []location.CreateLocation{{
		ID: id("location", "chicago"), Name: "Mario's, Chicago", Slug: "chicago", Phone: new("+1 312 555 0100"),
		Address:  postal.Address{Street: "1 Taylor Street", City: "Chicago", PostalCode: "60607"},
		TimeZone: "America/Chicago", DayEndsAt: 4 * 60, Currency: "USD", DeliveryFee: 350, TaxRates: taxed(825),
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
