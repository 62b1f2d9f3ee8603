package kitchenstore

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// auditedStation is what the audit tells of a station, as the API names it.
type auditedStation struct {
	Name     string `json:"name"`
	Position int    `json:"position"`
	Capacity *int   `json:"capacity"`
}

// auditedRoute is what the audit tells of a route, as the API names it.
type auditedRoute struct {
	MenuItemID *uuid.UUID  `json:"menuItemId,omitempty"`
	Category   *string     `json:"category,omitempty"`
	Size       *menu.Size  `json:"size,omitempty"`
	StationIDs []uuid.UUID `json:"stationIds"`
}

type auditedRoutes struct {
	Routes []auditedRoute `json:"routes"`
}

// stationEntries tell which stations are new, others than before, or gone.
func stationEntries(location uuid.UUID, before, after kitchen.Stations, by auth.Author, at time.Time) ([]events.Entry, error) {
	var entries []events.Entry
	add := func(id uuid.UUID, event kitchen.StationEventType, was, is any) error {
		changes, err := events.Compare(was, is)
		if err != nil {
			return fmt.Errorf("tell what changed of a station: %w", err)
		}
		if len(changes.Before)+len(changes.After) > 0 {
			entries = append(entries, events.Entry{
				Stream: kitchen.StationStream, ID: id, LocationID: location, Type: string(event), Payload: changes, By: by, At: at,
			})
		}
		return nil
	}
	for i, s := range after {
		was, event := auditedOf(before, s.ID), kitchen.StationChanged
		if was == nil {
			event = kitchen.StationAdded
		}
		if err := add(s.ID, event, was, auditedStation{s.Name, i + 1, s.Capacity}); err != nil {
			return nil, err
		}
	}
	for _, s := range before {
		if auditedOf(after, s.ID) == nil {
			if err := add(s.ID, kitchen.StationRemoved, auditedOf(before, s.ID), nil); err != nil {
				return nil, err
			}
		}
	}
	return entries, nil
}

// auditedOf is what the audit tells of one of the stations; nil if it isn't among them.
func auditedOf(stations kitchen.Stations, id uuid.UUID) any {
	i := slices.IndexFunc(stations, func(s kitchen.Station) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return auditedStation{stations[i].Name, i + 1, stations[i].Capacity}
}

// routesEntry tells what a location's routes were and are. Their events are counted under an id that follows from the location's.
func routesEntry(location uuid.UUID, before, after []routeRow, by auth.Author, at time.Time) (events.Entry, error) {
	changes, err := events.Compare(auditedRoutesOf(before), auditedRoutesOf(after))
	if err != nil {
		return events.Entry{}, fmt.Errorf("tell what changed of routes: %w", err)
	}
	return events.Entry{
		Stream: kitchen.StationStream, ID: uuid.NewSHA1(location, []byte("routes")), LocationID: location, Type: string(kitchen.RoutesChanged),
		Payload: changes, By: by, At: at,
	}, nil
}

func auditedRoutesOf(rows []routeRow) auditedRoutes {
	all := auditedRoutes{Routes: []auditedRoute{}}
	for _, r := range rows {
		all.Routes = append(all.Routes, auditedRoute{r.MenuItemID, r.Category, r.Size, append([]uuid.UUID{}, r.StationIDs...)})
	}
	return all
}
