// Package locationview is the read side of locations: the rows of public.location_view.
package locationview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

// Location is one row of public.location_view, as the API shows it.
type Location struct {
	ID               uuid.UUID
	Name             string
	Slug             string
	Phone            *string
	Address          postal.Address
	TimeZone         string
	DayEndsAt        location.TimeOfDay
	Currency         string
	PricesIncludeTax bool
	TaxRates         []location.TaxRate
	DeliveryFee      int64 // in minor units of the currency, as MinimumOrder
	MinimumOrder     int64
	OrderLimits      location.OrderLimits
	Kitchen          location.Kitchen
	Version          int
}

// IsNode marks the location as a node of the API.
func (*Location) IsNode() {}

// CurrencyDecimals tells how many decimals the currency's minor unit has.
func (l *Location) CurrencyDecimals() int { return money.Decimals(l.Currency) }

// AmountStep is what all that is paid in the currency is a multiple of, in minor units.
func (l *Location) AmountStep() int64 { return money.Step(l.Currency) }

const columns = `
	l.id, l.name, l.slug, l.phone, l.street, l.city, l.postal_code, l.address_notes, l.time_zone, l.day_ends_at, l.currency,
	l.prices_include_tax, l.tax_rates, l.delivery_fee, l.minimum_order, l.open_orders_limit, l.open_portions_limit,
	l.new_customer_cash_orders_limit, l.oven_places, l.bake_seconds, l.cooks, l.make_seconds, l.delivery_minutes, l.learn_times, l.version`

func scan(row pgx.CollectableRow) (*Location, error) {
	var l Location
	err := row.Scan(
		&l.ID, &l.Name, &l.Slug, &l.Phone, &l.Address.Street, &l.Address.City, &l.Address.PostalCode, &l.Address.Notes,
		&l.TimeZone, (*int)(&l.DayEndsAt), &l.Currency, &l.PricesIncludeTax, &l.TaxRates, &l.DeliveryFee, &l.MinimumOrder,
		&l.OrderLimits.OpenOrders, &l.OrderLimits.OpenPortions, &l.OrderLimits.NewCustomerCashOrders,
		&l.Kitchen.OvenPlaces, &l.Kitchen.BakeSeconds, &l.Kitchen.Cooks, &l.Kitchen.MakeSeconds, &l.Kitchen.DeliveryMinutes,
		&l.Kitchen.LearnTimes, &l.Version,
	)
	return &l, err
}

// Locations asks for all locations, by name.
type Locations struct{}

// LocationsHandler handles Locations.
type LocationsHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *LocationsHandler) Handle(ctx context.Context, _ Locations) ([]*Location, error) {
	return read(ctx, h.Pool, `ORDER BY l.name COLLATE "und-x-icu", l.id`)
}

// ByIDOrSlug asks for the location that has the id and the slug, as far as they are given; nil if there is none.
type ByIDOrSlug struct {
	ID   *uuid.UUID
	Slug *string
}

// ByIDOrSlugHandler handles ByIDOrSlug.
type ByIDOrSlugHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row. Without an id or a slug it is the only location, if there is one only.
func (h *ByIDOrSlugHandler) Handle(ctx context.Context, q ByIDOrSlug) (*Location, error) {
	if _, ok := text.OptionalLine(q.Slug); !ok { // Postgres knows no such text, and no location has it
		return nil, nil
	}
	found, err := read(ctx, h.Pool, `WHERE ($1::uuid IS NULL OR l.id = $1) AND ($2::text IS NULL OR l.slug = $2) LIMIT 2`, q.ID, q.Slug)
	if err != nil || len(found) != 1 {
		return nil, err
	}
	return found[0], nil
}

func read(ctx context.Context, pool *pgxpool.Pool, which string, arguments ...any) ([]*Location, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := pool.Query(ctx, `SELECT`+columns+` FROM public.location_view AS l `+which, arguments...)
	all, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	return all, nil
}
