package orderstore

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
)

// longQueue is where counting stops: an order behind so many others waits for hours either way.
const longQueue = 200

// Place reads the location named, and counts the orders that its kitchen still has to cook, 200 at most. Without an id it is
// the only location. It fails with NOT_FOUND if there is no such location, and with BAD_USER_INPUT if the id is missing and
// there are several.
//
// The orders are asked for in the order of their index: where the kitchen is far behind, Postgres would otherwise expect to meet
// so many soon in any part of the table, and read all of its history before it comes to the first.
func (s *Store) Place(ctx context.Context, id *uuid.UUID) (ordering.Place, error) {
	var rows []placeRow
	err := s.db.WithContext(ctx).Raw(`
		SELECT
			l.id, l.time_zone, l.day_ends_at, l.currency, l.prices_include_tax, l.delivery_fee, l.minimum_order,
			l.open_orders_limit, l.open_portions_limit, l.new_customer_cash_orders_limit,
			(
				SELECT json_agg(json_build_object('category', r.category, 'rateBasisPoints', r.rate_basis_points) ORDER BY r.category COLLATE "C")
				FROM public.location_tax_rates AS r
				WHERE r.location_id = l.id
			) AS tax_rates,
			(
				SELECT count(*)
				FROM (
					SELECT
					FROM public.orders AS o
					WHERE o.location_id = l.id AND o.status IN ('PENDING', 'CONFIRMED', 'PREPARING')
					ORDER BY o.status, o.placed_at
					LIMIT ?
				) AS ahead
			) AS ahead
		FROM public.locations AS l
		WHERE l.id = ?::uuid OR ?::uuid IS NULL
		LIMIT 2`, longQueue, id, id,
	).Find(&rows).Error
	if err != nil {
		return ordering.Place{}, fmt.Errorf("read the location: %w", err)
	}
	found := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		found[i] = row.ID
	}
	if _, err := location.Only(id, found); err != nil {
		return ordering.Place{}, err
	}
	r := rows[0]
	return ordering.Place{
		LocationID: r.ID, Calendar: location.Calendar{TimeZone: r.TimeZone, DayEndsAt: r.DayEndsAt}, Ahead: r.Ahead,
		Charges: location.Charges{
			Currency: r.Currency, PricesIncludeTax: r.PricesIncludeTax, TaxRates: r.TaxRates, DeliveryFee: r.DeliveryFee, MinimumOrder: r.MinimumOrder,
		},
		OrderLimits: location.OrderLimits{
			OpenOrders: r.OpenOrdersLimit, OpenPortions: r.OpenPortionsLimit, NewCustomerCashOrders: r.NewCustomerCashOrdersLimit,
		},
	}, nil
}

type placeRow struct {
	ID               uuid.UUID
	TimeZone         string
	DayEndsAt        location.TimeOfDay
	Currency         string
	PricesIncludeTax bool
	DeliveryFee      int64
	MinimumOrder     int64

	OpenOrdersLimit            *int
	OpenPortionsLimit          *int
	NewCustomerCashOrdersLimit *int

	TaxRates []location.TaxRate `gorm:"serializer:json"`
	Ahead    int
}
