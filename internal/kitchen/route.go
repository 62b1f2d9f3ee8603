package kitchen

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

const (
	maxRoutes    = 1_000
	maxRouteLong = 20
)

// Route tells which stations dishes pass, in order, before the expediter's.
type Route struct {
	MenuItemID *uuid.UUID // nil: of more than one
	Category   *string    // nil, without a dish either: of all
	Size       *menu.Size // nil: in any size
	StationIDs []uuid.UUID
}

// Dish is what a route is looked for.
type Dish struct {
	MenuItemID uuid.UUID
	Category   string
	Size       menu.Size
}

// Routes are those of a location.
type Routes []Route

// Of returns the stations that a dish passes, the expediter's last, by the narrowest route that fits: that of the dish before that
// of its category, and that before the location's own, and of each the one for its size. False if none fits; then the dish goes
// to the expediter alone.
func (r Routes) Of(dish Dish, stations Stations) (ids []uuid.UUID, found bool) {
	narrowest, best := -1, -1
	for i, route := range r {
		if rank, fits := route.rank(dish); fits && rank > best {
			narrowest, best = i, rank
		}
	}
	if narrowest >= 0 {
		for _, id := range r[narrowest].StationIDs {
			if stations.index(id) >= 0 {
				ids = append(ids, id)
			}
		}
	}
	return append(ids, stations.Expo().ID), narrowest >= 0
}

// rank tells how narrow a route is that fits the dish.
func (r Route) rank(dish Dish) (rank int, fits bool) {
	switch {
	case r.MenuItemID != nil && *r.MenuItemID == dish.MenuItemID:
		rank = 4
	case r.MenuItemID == nil && r.Category != nil && text.FoldName(*r.Category) == text.FoldName(dish.Category):
		rank = 2
	case r.MenuItemID != nil || r.Category != nil:
		return 0, false
	}
	if r.Size != nil {
		if *r.Size != dish.Size {
			return 0, false
		}
		rank++
	}
	return rank, true
}

// Fits tells whether the route is for a dish.
func (r Route) Fits(dish Dish) bool {
	_, fits := r.rank(dish)
	return fits
}

// fit refuses routes through what is no station of the location, or is the expediter's.
func (r Routes) fit(stations Stations) error {
	for i, route := range r {
		for _, id := range route.StationIDs {
			if at := stations.index(id); at < 0 || stations[at].IsExpo {
				return fault.New(fault.BadUserInput, "A route passes stations of the location; the expediter's comes last by itself.").
					At("routes", strconv.Itoa(i), "stationIds")
			}
		}
	}
	return nil
}

// valid refuses what no location's routes can be.
func (r Routes) valid() error {
	if len(r) > maxRoutes {
		return fault.New(fault.BadUserInput, "There are %d routes at most.", maxRoutes).At("routes")
	}
	for i, route := range r {
		at := func(field string) []string { return []string{"routes", strconv.Itoa(i), field} }
		switch {
		case route.Category != nil && route.MenuItemID != nil:
			return fault.New(fault.BadUserInput, "A route is for an item or for a category.").At(at("category")...)
		case route.Size != nil && !route.Size.Valid():
			return fault.New(fault.BadUserInput, "There is no such size.").At(at("size")...)
		case len(route.StationIDs) > maxRouteLong || repeats(route.StationIDs):
			return fault.New(fault.BadUserInput, "A route passes up to %d stations, each once.", maxRouteLong).At(at("stationIds")...)
		}
		if slices.ContainsFunc(r[:i], route.sameAs) {
			return fault.New(fault.BadUserInput, "There is a route for the same already.").At("routes", strconv.Itoa(i))
		}
	}
	return nil
}

// sameAs tells whether two routes are for the same dishes.
func (r Route) sameAs(other Route) bool {
	return patch.Same(r.MenuItemID, other.MenuItemID) && patch.Same(r.Size, other.Size) && patch.Same(folded(r.Category), folded(other.Category))
}

func folded(name *string) *string {
	if name == nil {
		return nil
	}
	return new(text.FoldName(*name))
}

func repeats(ids []uuid.UUID) bool {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return true
		}
	}
	return false
}
