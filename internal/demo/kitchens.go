package demo

import (
	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/location"
)

// stations of a location, before the expediter's.
func stations(at location.CreateLocation) kitchen.Stations {
	return kitchen.Stations{
		{ID: station(at, "Make"), Name: "Make"},
		{ID: station(at, "Oven"), Name: "Oven", Capacity: new(location.DefaultKitchen().OvenPlaces)},
		{ID: station(at, "Cut"), Name: "Cut"},
	}
}

// routes of a location's dishes: pizzas pass all stations, what is baked the oven, and what is only handed out none.
func routes(at location.CreateLocation) kitchen.Routes {
	through := func(names ...string) []uuid.UUID {
		ids := make([]uuid.UUID, len(names))
		for i, name := range names {
			ids[i] = station(at, name)
		}
		return ids
	}
	item := func(name string) *uuid.UUID { return new(id("menu item", name)) }
	return kitchen.Routes{
		{Category: new("Pizza"), StationIDs: through("Make", "Oven", "Cut")},
		{Category: new("Salads"), StationIDs: through("Make")},
		{Category: new("Sides"), StationIDs: through("Make")},
		{MenuItemID: item("Garlic Bread"), StationIDs: through("Make", "Oven")},
		{MenuItemID: item("Rosemary Potatoes"), StationIDs: through("Make", "Oven")},
		{MenuItemID: item("Chilli Wings"), StationIDs: through("Make", "Oven")},
		{MenuItemID: item("Sweet Calzone"), StationIDs: through("Make", "Oven")},
		{StationIDs: through()},
	}
}

func station(at location.CreateLocation, name string) uuid.UUID {
	return id("station", at.Slug+" "+name)
}
