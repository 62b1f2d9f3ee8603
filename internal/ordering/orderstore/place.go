package orderstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postal"
)

// longQueue is where counting stops: an order behind so many others waits for hours either way.
const longQueue = 200

// Place reads the location named, what it offers for the destination, and what its kitchen has promised to make, of 200 orders
// at most and of the quotes that are held, and how long the dishes named took lately. Without an id it is the only location. It
// fails with NOT_FOUND if there is no such location, and with BAD_USER_INPUT if the id is missing and there are several.
//
// The orders are asked for in the order of their index: where the kitchen is far behind, Postgres would otherwise expect to meet
// so many soon in any part of the table, and read all of its history before it comes to the first.
func (s *Store) Place(ctx context.Context, of ordering.Destination) (ordering.Place, error) {
	var rows []placeRow
	err := s.db.WithContext(ctx).Raw(`
		SELECT
			l.id, l.time_zone, l.day_ends_at, l.currency, l.prices_include_tax, l.delivery_fee, l.minimum_order,
			l.open_orders_limit, l.open_portions_limit, l.new_customer_cash_orders_limit,
			(
				SELECT json_agg(json_build_object('category', r.category, 'rateBasisPoints', r.rate_basis_points, 'pickupRateBasisPoints', r.pickup_rate_basis_points) ORDER BY r.category COLLATE "C")
				FROM public.location_tax_rates AS r
				WHERE r.location_id = l.id
			) AS tax_rates,
			l.oven_places, l.bake_seconds, l.cooks, l.make_seconds, l.delivery_minutes, l.learn_times,
			(
				SELECT json_build_object(
					'fulfillment', s.fulfillment, 'hours', s.hours, 'specialDays', s.special_days, 'lastOrderBefore', s.last_order_before,
					'leadMinutes', s.lead_minutes, 'slotMinutes', s.slot_minutes, 'maxDaysAhead', s.max_days_ahead,
					'pause', CASE WHEN s.paused_until IS NOT NULL THEN json_build_object('until', s.paused_until, 'reason', s.pause_reason) END
				)
				FROM public.location_services AS s
				WHERE s.location_id = l.id AND s.fulfillment = ?
			) AS service,
			(
				SELECT json_build_object('id', z.id, 'fee', z.fee, 'minimumOrder', z.minimum_order, 'minutes', z.minutes)
				FROM public.delivery_zones AS z
				WHERE z.location_id = l.id AND z.postal_codes && string_to_array(?, ',')
				ORDER BY z.position
				LIMIT 1
			) AS zone,
			EXISTS (SELECT FROM public.delivery_zones AS z WHERE z.location_id = l.id) AS has_zones,
			(
				SELECT json_agg(json_build_object('begun', oven.begun, 'batches', oven.baking))
				FROM (
					SELECT ahead.status = 'PREPARING' AS begun, ahead.baking
					FROM (
						SELECT o.status, o.baking
						FROM public.orders AS o
						WHERE o.location_id = l.id AND o.status IN ('PENDING', 'CONFIRMED', 'PREPARING') AND o.id <> ?
						ORDER BY o.status, o.placed_at
						LIMIT ?
					) AS ahead
					UNION ALL
					SELECT false, q.baking
					FROM public.quotes AS q
					WHERE q.location_id = l.id AND q.id::text <> ALL (string_to_array(?, ','))
				) AS oven
				WHERE oven.baking IS NOT NULL
			) AS promised,
			CASE WHEN l.learn_times THEN (
				SELECT json_agg(json_build_object(
					'menuItemId', t.menu_item_id, 'size', t.size, 'likely', t.likely_seconds, 'latest', t.latest_seconds, 'samples', t.samples,
					'byHour', t.by_hour
				))
				FROM public.learned_times AS t
				WHERE t.location_id = l.id AND t.menu_item_id = ANY ((SELECT string_to_array(?, ','))::uuid[])
			) END AS learned
		FROM public.locations AS l
		WHERE l.id = ?::uuid OR ?::uuid IS NULL
		LIMIT 2`, of.Fulfillment, strings.Join(postal.Patterns(of.PostalCode), ","), of.WithoutOrder, longQueue, joined(of.WithoutQuotes),
		joined(of.Dishes), of.LocationID, of.LocationID,
	).Find(&rows).Error
	if err != nil {
		return ordering.Place{}, fmt.Errorf("read the location: %w", err)
	}
	found := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		found[i] = row.ID
	}
	if _, err := location.Only(of.LocationID, found); err != nil {
		return ordering.Place{}, err
	}
	r := rows[0]
	service := location.DefaultService(of.Fulfillment)
	if r.Service != nil {
		service = *r.Service
	}
	return ordering.Place{
		LocationID: r.ID, Calendar: location.Calendar{TimeZone: r.TimeZone, DayEndsAt: r.DayEndsAt},
		Service: service, Promised: r.Promised, Learned: r.Learned, Zone: r.Zone, HasZones: r.HasZones,
		Kitchen: location.Kitchen{
			OvenPlaces: r.OvenPlaces, BakeSeconds: r.BakeSeconds, Cooks: r.Cooks, MakeSeconds: r.MakeSeconds, DeliveryMinutes: r.DeliveryMinutes,
			LearnTimes: r.LearnTimes,
		},
		Charges: location.Charges{
			Currency: r.Currency, PricesIncludeTax: r.PricesIncludeTax, TaxRates: r.TaxRates, DeliveryFee: r.DeliveryFee, MinimumOrder: r.MinimumOrder,
		},
		OrderLimits: location.OrderLimits{
			OpenOrders: r.OpenOrdersLimit, OpenPortions: r.OpenPortionsLimit, NewCustomerCashOrders: r.NewCustomerCashOrdersLimit,
		},
	}, nil
}

func joined(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return strings.Join(texts, ",")
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

	OvenPlaces      int
	BakeSeconds     int
	Cooks           int
	MakeSeconds     int
	DeliveryMinutes int
	LearnTimes      bool

	TaxRates []location.TaxRate `gorm:"serializer:json"`
	Service  *location.Service  `gorm:"serializer:json"`
	Zone     *location.Zone     `gorm:"serializer:json"`
	HasZones bool
	Promised []location.Baking      `gorm:"serializer:json"`
	Learned  []ordering.LearnedTime `gorm:"serializer:json"`
}
