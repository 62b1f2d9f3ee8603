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
		// It is open always, so that whoever looks around can order at any hour.
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
		Services: []location.Service{evenings(location.Delivery, 30), evenings(location.Pickup, 0)},
		Zones: []location.Zone{
			zone("Centro storico", 250, 0, 15, "80132", "80133", "80134", "80138", "80139"),
			zone("Vomero", 400, 1_500, 25, "80127", "80128", "80129"),
			zone("All of Naples", 600, 2_500, 40, "801*"),
		},
	}}
}

// evenings are the hours of a pizzeria: evenings, until after midnight on Fridays and Saturdays, and lunch at weekends. The
// last orders are taken a quarter of an hour before it closes.
func evenings(how location.Fulfillment, lead int) location.Service {
	s := location.DefaultService(how)
	s.Hours, s.LastOrderBefore, s.LeadMinutes = nil, 15, lead
	for _, day := range location.Weekdays() {
		closes := location.TimeOfDay(23 * 60)
		if day == "SATURDAY" || day == "SUNDAY" {
			s.Hours = append(s.Hours, location.OpeningHours{Weekday: day, Hours: location.Hours{Opens: 12 * 60, Closes: 15 * 60}})
		}
		if day == "FRIDAY" || day == "SATURDAY" {
			closes = 60
		}
		s.Hours = append(s.Hours, location.OpeningHours{Weekday: day, Hours: location.Hours{Opens: 18 * 60, Closes: closes}})
	}
	return s
}

func zone(name string, fee, minimum int64, minutes int, codes ...string) location.Zone {
	return location.Zone{ID: id("delivery zone", name), Name: name, PostalCodes: codes, Fee: fee, MinimumOrder: minimum, Minutes: minutes}
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
