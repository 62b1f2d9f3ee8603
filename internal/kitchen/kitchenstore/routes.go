package kitchenstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

type routeRow struct {
	LocationID uuid.UUID
	Position   int
	MenuItemID *uuid.UUID
	Category   *string
	Size       *menu.Size
	StationIDs postgres.IDs
}

func (routeRow) TableName() string { return "public.station_routes" }

// SetRoutes replaces a location's routes, unless check refuses, which is told its stations. It fails with NOT_FOUND if there is no
// such location, and with BAD_USER_INPUT if there is no such dish.
func (s *Store) SetRoutes(ctx context.Context, location uuid.UUID, routes kitchen.Routes, by auth.Author, at time.Time, check func(kitchen.Stations) error) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		stations, err := lockStations(tx, location)
		if err != nil {
			return err
		}
		if err := check(stations); err != nil {
			return err
		}
		var before []routeRow
		if err := tx.Where("location_id = ?", location).Order("position").Find(&before).Error; err != nil {
			return fmt.Errorf("load routes: %w", err)
		}
		if err := tx.Where("location_id = ?", location).Delete(&routeRow{}).Error; err != nil {
			return fmt.Errorf("delete routes: %w", err)
		}
		after := routeRowsOf(location, routes)
		if len(after) > 0 {
			if err := tx.Create(&after).Error; err != nil {
				return fmt.Errorf("insert routes: %w", err)
			}
		}
		entry, err := routesEntry(location, before, after, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, entry)
	})
	if _, constraint, _ := postgres.Constraint(err); constraint == "station_routes_menu_item_id_fkey" {
		return fault.New(fault.BadUserInput, "There is no such item.").At("routes")
	}
	return err
}

func routeRowsOf(location uuid.UUID, routes kitchen.Routes) []routeRow {
	rows := make([]routeRow, len(routes))
	for i, r := range routes {
		rows[i] = routeRow{LocationID: location, Position: i + 1, MenuItemID: r.MenuItemID, Category: r.Category, Size: r.Size, StationIDs: r.StationIDs}
	}
	return rows
}
