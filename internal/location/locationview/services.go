package locationview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/postgres"
)

// Services asks what a location offers.
type Services struct{ LocationID uuid.UUID }

// ServicesHandler handles Services.
type ServicesHandler struct {
	pool   *pgxpool.Pool
	zones  *location.Zones
	now    func() time.Time
	shared *batch.Batcher[uuid.UUID, []*Service]
}

// NewServicesHandler returns a handler that runs at most concurrency statements at once; queries that come meanwhile share the
// next one.
func NewServicesHandler(pool *pgxpool.Pool, zones *location.Zones, now func() time.Time, concurrency int) *ServicesHandler {
	h := &ServicesHandler{pool: pool, zones: zones, now: now}
	h.shared = batch.New(concurrency, h.read)
	return h
}

// Handle returns deliveries and pickups, as they are now; none of a location that isn't there.
func (h *ServicesHandler) Handle(ctx context.Context, q Services) ([]*Service, error) {
	services, _, err := h.shared.One(ctx, q.LocationID)
	return services, err
}

// offering is all that decides what a location can promise.
type offering struct {
	ID           uuid.UUID
	TimeZone     string
	DayEndsAt    int
	MinimumOrder int64
	Kitchen      location.Kitchen
	Services     []location.Service
	Promised     []location.Baking
}

// longQueue is how many orders are looked at, as orderstore.Store.Place does.
const longQueue = 200

func (h *ServicesHandler) read(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID][]*Service, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.pool.Query(ctx, `
		SELECT
			l.id, l.time_zone, l.day_ends_at, l.minimum_order,
			json_build_object(
				'ovenPlaces', l.oven_places, 'bakeSeconds', l.bake_seconds, 'cooks', l.cooks, 'makeSeconds', l.make_seconds,
				'deliveryMinutes', l.delivery_minutes, 'learnTimes', l.learn_times
			) AS kitchen,
			(
				SELECT coalesce(json_agg(json_build_object(
					'fulfillment', s.fulfillment, 'hours', s.hours, 'specialDays', s.special_days, 'lastOrderBefore', s.last_order_before,
					'leadMinutes', s.lead_minutes, 'slotMinutes', s.slot_minutes, 'maxDaysAhead', s.max_days_ahead,
					'pause', CASE WHEN s.paused_until IS NOT NULL THEN json_build_object('until', s.paused_until, 'reason', s.pause_reason) END
				)), '[]')
				FROM public.location_service_view AS s
				WHERE s.location_id = l.id
			) AS services,
			(
				SELECT coalesce(json_agg(json_build_object('begun', oven.begun, 'batches', oven.baking)), '[]')
				FROM (
					SELECT k.status = 'PREPARING' AS begun, k.baking
					FROM (
						SELECT b.status, b.baking
						FROM public.kitchen_load_view AS b
						WHERE b.location_id = l.id
						ORDER BY b.status, b.placed_at
						LIMIT $2
					) AS k
					UNION ALL
					SELECT false, q.baking FROM public.quote_view AS q WHERE q.location_id = l.id
				) AS oven
				WHERE oven.baking IS NOT NULL
			) AS promised
		FROM public.location_view AS l
		WHERE l.id = ANY ($1)`, ids, longQueue)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[offering])
	if err != nil {
		return nil, fmt.Errorf("read services: %w", err)
	}
	services := make(map[uuid.UUID][]*Service, len(found))
	for _, o := range found {
		if services[o.ID], err = o.services(h.now(), h.zones); err != nil {
			return nil, fmt.Errorf("read services of location %s: %w", o.ID, err)
		}
	}
	return services, nil
}

func (o offering) services(now time.Time, zones *location.Zones) ([]*Service, error) {
	set := location.State{Services: o.Services}
	oven := o.Kitchen.Oven(o.Promised, now)
	var services []*Service
	for _, how := range location.Fulfillments() {
		s := &Service{Service: set.Service(how)}
		timetable, err := s.Timetable(location.Calendar{TimeZone: o.TimeZone, DayEndsAt: location.TimeOfDay(o.DayEndsAt)}, now, zones)
		if err != nil {
			return nil, err
		}
		s.planner = location.Planner{Timetable: timetable, Oven: oven}
		s.typical = o.Kitchen.TypicalPizza(0)
		if how == location.Delivery {
			s.MinimumOrder = o.MinimumOrder
			s.typical = o.Kitchen.TypicalPizza(time.Duration(o.Kitchen.DeliveryMinutes) * time.Minute)
		}
		services = append(services, s)
	}
	return services, nil
}
