package locationstore

import (
	"pizzeria/internal/location"
	"pizzeria/internal/platform/postal"
)

// audited are a location's settings, as the API calls them.
type audited struct {
	Name             string                       `json:"name"`
	Slug             string                       `json:"slug"`
	Phone            *string                      `json:"phone"`
	Address          postal.Address               `json:"address"`
	TimeZone         string                       `json:"timeZone"`
	DayEndsAt        string                       `json:"dayEndsAt"`
	Currency         string                       `json:"currency"`
	PricesIncludeTax bool                         `json:"pricesIncludeTax"`
	TaxRates         map[location.TaxCategory]int `json:"taxRates"`
	DeliveryFee      int64                        `json:"deliveryFee"`
	MinimumOrder     int64                        `json:"minimumOrder"`
	OrderLimits      location.OrderLimits         `json:"orderLimits"`
}

func auditedOf(s *location.State) *audited {
	if s == nil {
		return nil
	}
	a := &audited{
		Name: s.Name, Slug: s.Slug, Phone: s.Phone, Address: s.Address, TimeZone: s.TimeZone, DayEndsAt: s.DayEndsAt.String(),
		Currency: s.Currency, PricesIncludeTax: s.PricesIncludeTax, TaxRates: map[location.TaxCategory]int{}, DeliveryFee: s.DeliveryFee,
		MinimumOrder: s.MinimumOrder, OrderLimits: s.OrderLimits,
	}
	for _, r := range s.TaxRates {
		a.TaxRates[r.Category] = r.RateBasisPoints
	}
	return a
}
