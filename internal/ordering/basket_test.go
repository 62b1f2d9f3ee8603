package ordering

import "pizzeria/internal/location"

// charging taxes food and drinks at these rates, in basis points.
func charging(food, drink int) location.Charges {
	return location.Charges{Currency: "USD", DeliveryFee: 350, TaxRates: []location.TaxRate{
		{Category: location.Food, RateBasisPoints: food}, {Category: location.Drink, RateBasisPoints: drink},
	}}
}

func foodAt(price int64, quantity int) Line {
	return Line{Quantity: quantity, UnitPrice: price, TaxCategory: location.Food}
}
