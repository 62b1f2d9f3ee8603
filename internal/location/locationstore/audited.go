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
	PickupTaxRates   map[location.TaxCategory]int `json:"pickupTaxRates,omitempty"`
	DeliveryFee      int64                        `json:"deliveryFee"`
	MinimumOrder     int64                        `json:"minimumOrder"`
	OrderLimits      location.OrderLimits         `json:"orderLimits"`
	Services         []location.Service           `json:"services"`
	Zones            []location.Zone              `json:"zones"`
	Kitchen          location.Kitchen             `json:"kitchen"`
}

func auditedOf(s *location.State) *audited {
	if s == nil {
		return nil
	}
	a := &audited{
		Name: s.Name, Slug: s.Slug, Phone: s.Phone, Address: s.Address, TimeZone: s.TimeZone, DayEndsAt: s.DayEndsAt.String(),
		Currency: s.Currency, PricesIncludeTax: s.PricesIncludeTax, TaxRates: map[location.TaxCategory]int{}, PickupTaxRates: map[location.TaxCategory]int{}, DeliveryFee: s.DeliveryFee,
		MinimumOrder: s.MinimumOrder, OrderLimits: s.OrderLimits, Zones: s.Zones, Kitchen: s.Kitchen,
	}
	for _, how := range location.Fulfillments() {
		a.Services = append(a.Services, s.Service(how))
	}
	for _, r := range s.TaxRates {
		a.TaxRates[r.Category] = r.RateBasisPoints
		if r.PickupRateBasisPoints != nil {
			a.PickupTaxRates[r.Category] = *r.PickupRateBasisPoints
		}
	}
	return a
}
