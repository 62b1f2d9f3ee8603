// Package locationstore keeps locations in Postgres: GORM rows to aggregate and back, and the transactions around it.
package locationstore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/postal"
)

type locationRow struct {
	ID               uuid.UUID
	Name             string
	Slug             string
	Phone            *string
	Street           string
	City             string
	PostalCode       string
	AddressNotes     *string
	TimeZone         string
	DayEndsAt        location.TimeOfDay
	Currency         string
	PricesIncludeTax bool
	DeliveryFee      int64
	MinimumOrder     int64

	OpenOrdersLimit            *int
	OpenPortionsLimit          *int
	NewCustomerCashOrdersLimit *int

	OvenPlaces      int
	BakeSeconds     int
	Cooks           int
	MakeSeconds     int
	DeliveryMinutes int
	LearnTimes      bool

	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
}

func (locationRow) TableName() string { return "public.locations" }

type taxRateRow struct {
	LocationID uuid.UUID
	location.TaxRate
}

func (taxRateRow) TableName() string { return "public.location_tax_rates" }

func locationRowOf(s location.State) locationRow {
	return locationRow{
		ID: s.ID, Name: s.Name, Slug: s.Slug, Phone: s.Phone,
		Street: s.Address.Street, City: s.Address.City, PostalCode: s.Address.PostalCode, AddressNotes: s.Address.Notes,
		TimeZone: s.TimeZone, DayEndsAt: s.DayEndsAt, Currency: s.Currency, PricesIncludeTax: s.PricesIncludeTax,
		DeliveryFee: s.DeliveryFee, MinimumOrder: s.MinimumOrder,
		OpenOrdersLimit: s.OpenOrders, OpenPortionsLimit: s.OpenPortions, NewCustomerCashOrdersLimit: s.NewCustomerCashOrders,
		OvenPlaces: s.Kitchen.OvenPlaces, BakeSeconds: s.Kitchen.BakeSeconds, Cooks: s.Kitchen.Cooks, MakeSeconds: s.Kitchen.MakeSeconds,
		DeliveryMinutes: s.Kitchen.DeliveryMinutes, LearnTimes: s.Kitchen.LearnTimes, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	}
}

func taxRateRowsOf(s location.State) []taxRateRow {
	rows := make([]taxRateRow, len(s.TaxRates))
	for i, r := range s.TaxRates {
		rows[i] = taxRateRow{LocationID: s.ID, TaxRate: r}
	}
	return rows
}

func stateOf(row locationRow, rates []taxRateRow) location.State {
	s := location.State{
		ID: row.ID, Name: row.Name, Slug: row.Slug, Phone: row.Phone,
		Address:  postal.Address{Street: row.Street, City: row.City, PostalCode: row.PostalCode, Notes: row.AddressNotes},
		Calendar: location.Calendar{TimeZone: row.TimeZone, DayEndsAt: row.DayEndsAt},
		Charges: location.Charges{
			Currency: row.Currency, PricesIncludeTax: row.PricesIncludeTax, DeliveryFee: row.DeliveryFee, MinimumOrder: row.MinimumOrder,
		},
		OrderLimits: location.OrderLimits{
			OpenOrders: row.OpenOrdersLimit, OpenPortions: row.OpenPortionsLimit, NewCustomerCashOrders: row.NewCustomerCashOrdersLimit,
		},
		Kitchen: location.Kitchen{
			OvenPlaces: row.OvenPlaces, BakeSeconds: row.BakeSeconds, Cooks: row.Cooks, MakeSeconds: row.MakeSeconds, DeliveryMinutes: row.DeliveryMinutes,
			LearnTimes: row.LearnTimes,
		},
		Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt,
	}
	for _, r := range rates {
		s.TaxRates = append(s.TaxRates, r.TaxRate)
	}
	return s
}
