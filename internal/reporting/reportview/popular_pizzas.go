// Package reportview answers what sold how well, from the sales read models.
package reportview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

const maxLimit = 100

// PopularPizzas asks for the pizzas that sold most at a location: by portions, then by revenue, then by name. Only staff see
// those that customers don't find on the menu, and only the location's managers see how many were sold.
type PopularPizzas struct {
	By         auth.Actor
	LocationID uuid.UUID
	Period     Period
	Limit      int // 1 to 100
}

// PopularPizza is how one pizza sold.
type PopularPizza struct {
	MenuItemID uuid.UUID
	Name       string // the one it was sold under last
	Quantity   *int   // portions; nil for all but the location's managers, as is the revenue
	Revenue    *int64 // minor units, as on the menu
}

// PopularPizzasHandler handles PopularPizzas.
type PopularPizzasHandler struct {
	Pool  *pgxpool.Pool
	Zones *location.Zones
	Now   func() time.Time
}

// Handle adds up the days of the period. It fails with BAD_USER_INPUT for a limit or a period that does
// not exist, and with NOT_FOUND for such a location.
// Sales know only the day: of two names on the last one, the menu tells which is the newer.
func (h *PopularPizzasHandler) Handle(ctx context.Context, q PopularPizzas) ([]*PopularPizza, error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return nil, fault.New(fault.BadUserInput, "Ask for 1 to %d pizzas.", maxLimit).At("limit")
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	today, err := h.today(ctx, q.LocationID)
	if err != nil {
		return nil, err
	}
	first, last, err := q.Period.days(today)
	if err != nil {
		return nil, err
	}
	rows, _ := h.Pool.Query(ctx, `
		SELECT p.menu_item_id, p.name, CASE WHEN $6 THEN p.quantity END AS quantity, CASE WHEN $6 THEN p.revenue END AS revenue
		FROM (
			SELECT
				s.menu_item_id,
				(array_agg(s.name ORDER BY s.day DESC, coalesce(s.name = m.name, false) DESC, s.name COLLATE "und-x-icu"))[1] AS name,
				sum(s.quantity)::bigint AS quantity,
				sum(s.revenue_cents)::bigint AS revenue
			FROM public.pizza_sales_view AS s
			LEFT JOIN public.menu_view AS m ON m.id = s.menu_item_id
			WHERE s.location_id = $4 AND s.day BETWEEN $1::date AND $2::date AND ($5 OR coalesce(
				(SELECT (o ->> 'isAvailable')::boolean FROM json_array_elements(m.locations) AS o WHERE (o ->> 'locationId')::uuid = $4),
				NOT m.is_hidden, false
			))
			GROUP BY s.menu_item_id
		) AS p
		ORDER BY p.quantity DESC, p.revenue DESC, p.name COLLATE "und-x-icu", p.menu_item_id
		LIMIT $3`, first, last, q.Limit, q.LocationID, q.By.Staff(), q.By.At(q.LocationID).Is(auth.RoleManager))
	pizzas, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[PopularPizza])
	if err != nil {
		return nil, fmt.Errorf("read popular pizzas: %w", err)
	}
	return pizzas, nil
}

// today returns the business day that it is at a location.
func (h *PopularPizzasHandler) today(ctx context.Context, at uuid.UUID) (time.Time, error) {
	var calendar location.Calendar
	err := h.Pool.QueryRow(ctx, `SELECT l.time_zone, l.day_ends_at FROM public.location_view AS l WHERE l.id = $1`, at).
		Scan(&calendar.TimeZone, (*int)(&calendar.DayEndsAt))
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return time.Time{}, location.NotFound()
	case err != nil:
		return time.Time{}, fmt.Errorf("read the location's calendar: %w", err)
	}
	return calendar.BusinessDay(h.Now(), h.Zones)
}
