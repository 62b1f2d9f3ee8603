package kitchenview

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// Station is one row of public.station_view.
type Station struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	Name       string
	Order      *int // from 1; nil of one that was taken away
	Capacity   *int
	IsExpo     bool
}

// IsNode marks the station as a node of the API.
func (*Station) IsNode() {}

// Position is where the station stands in the row of the location's; 0 of one that was taken away.
func (s *Station) Position() int {
	if s.Order == nil {
		return 0
	}
	return *s.Order
}

// VisibleTo tells whether an actor may see the station: who works at its location.
func (s *Station) VisibleTo(by auth.Actor) bool { return by.At(s.LocationID).Staff() }

// Stations asks for a location's stations, in the order of the work.
type Stations struct {
	By         auth.Actor
	LocationID uuid.UUID
}

// StationsHandler handles Stations.
type StationsHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows. It fails with FORBIDDEN for all but the location's staff.
func (h *StationsHandler) Handle(ctx context.Context, q Stations) ([]*Station, error) {
	if !q.By.At(q.LocationID).Staff() {
		return nil, auth.Forbidden()
	}
	return h.Of(ctx, q.LocationID)
}

// Of reads the stations of a location, whoever asks.
func (h *StationsHandler) Of(ctx context.Context, at uuid.UUID) ([]*Station, error) {
	return readStations(ctx, h.Pool, `WHERE s.location_id = $1 AND s.position IS NOT NULL ORDER BY s.position`, at)
}

// ByID reads the stations named, also those that were taken away.
func (h *StationsHandler) ByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Station, error) {
	return byID(readStations(ctx, h.Pool, `WHERE s.id = ANY ($1)`, ids))
}

// stationsOf reads all stations that locations have, or had.
func stationsOf(ctx context.Context, pool *pgxpool.Pool, locations []uuid.UUID) (map[uuid.UUID]*Station, error) {
	return byID(readStations(ctx, pool, `WHERE s.location_id = ANY ($1)`, locations))
}

func byID(all []*Station, err error) (map[uuid.UUID]*Station, error) {
	found := make(map[uuid.UUID]*Station, len(all))
	for _, s := range all {
		found[s.ID] = s
	}
	return found, err
}

func readStations(ctx context.Context, pool *pgxpool.Pool, which string, arguments ...any) ([]*Station, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := pool.Query(ctx, `
		SELECT s.id, s.location_id, s.name, s.position AS "order", s.capacity, s.is_expo
		FROM public.station_view AS s `+which, arguments...)
	all, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Station])
	if err != nil {
		return nil, fmt.Errorf("read stations: %w", err)
	}
	return all, nil
}

// Route is one row of public.station_route_view.
type Route struct {
	MenuItemID *uuid.UUID
	Category   *string
	Size       *menu.Size
	Stations   []*Station
}

// Routes asks for the routes of a location's dishes.
type Routes struct {
	By         auth.Actor
	LocationID uuid.UUID
}

// RoutesHandler handles Routes.
type RoutesHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows. It fails with FORBIDDEN for whoever doesn't manage the location.
func (h *RoutesHandler) Handle(ctx context.Context, q Routes) ([]*Route, error) {
	if err := q.By.At(q.LocationID).Require(auth.RoleManager); err != nil {
		return nil, err
	}
	return h.Of(ctx, q.LocationID)
}

// Of reads the routes of a location, whoever asks. Stations that were taken away are left out.
func (h *RoutesHandler) Of(ctx context.Context, at uuid.UUID) ([]*Route, error) {
	stations, err := stationsOf(ctx, h.Pool, []uuid.UUID{at})
	if err != nil {
		return nil, err
	}
	bounded, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(bounded, `
		SELECT r.menu_item_id, r.category, r.size, r.station_ids FROM public.station_route_view AS r WHERE r.location_id = $1 ORDER BY r.position`, at)
	routes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Route, error) {
		r := &Route{Stations: []*Station{}}
		var ids []uuid.UUID
		var size *string
		err := row.Scan(&r.MenuItemID, &r.Category, &size, &ids)
		r.Size = (*menu.Size)(size)
		for _, id := range ids {
			if s := stations[id]; s != nil && s.Order != nil {
				r.Stations = append(r.Stations, s)
			}
		}
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read routes: %w", err)
	}
	return routes, nil
}

// HasRoute tells whether one of a location's routes is for a dish.
func HasRoute(routes []*Route, dish kitchen.Dish) bool {
	return slices.ContainsFunc(routes, func(r *Route) bool {
		return kitchen.Route{MenuItemID: r.MenuItemID, Category: r.Category, Size: r.Size}.Fits(dish)
	})
}
