package kitchenstore

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
)

// confirmedRow is an order that is confirmed, and the kitchen that gets it. Lists are JSON.
type confirmedRow struct {
	HasTicket  bool
	LocationID uuid.UUID
	Scheduled  bool
	DueAt      time.Time
	Lines      string
	Stations   string
	Routes     string
}

// OpenTicket makes the ticket of an order that the transaction has confirmed, unless it has one.
func OpenTicket(tx *gorm.DB, order uuid.UUID, by auth.Author, at time.Time) error {
	row, err := readConfirmed(tx, order)
	if err != nil || row.HasTicket {
		return err
	}
	confirmed, stations, routes, err := row.decode(order)
	if err != nil {
		return fmt.Errorf("read confirmed order %s: %w", order, err)
	}
	if len(confirmed.Lines) == 0 {
		return nil
	}
	if len(stations) == 0 { // a location that an earlier version has made
		if stations, err = addExpo(tx, confirmed.LocationID); err != nil {
			return err
		}
	}
	return AddTicket(tx, kitchen.OpenTicket(confirmed, stations, routes, by, at))
}

// readConfirmed reads an order as the kitchen gets it.
func readConfirmed(tx *gorm.DB, order uuid.UUID) (confirmedRow, error) {
	var row confirmedRow
	err := tx.Raw(`
		SELECT
			EXISTS (SELECT FROM public.tickets AS t WHERE t.order_id = o.id) AS has_ticket,
			o.location_id,
			o.scheduled_for IS NOT NULL AS scheduled,
			coalesce(o.estimated_ready_at, o.placed_at) AS due_at,
			coalesce((
				SELECT json_agg(json_build_object(
					'itemId', i.id, 'menuItemId', i.menu_item_id, 'category', i.category, 'size', i.size,
					'takes', coalesce(i.takes_seconds, 0), 'least', CASE WHEN coalesce(i.is_pizza, i.category = 'Pizza') THEN l.bake_seconds ELSE 0 END
				) ORDER BY i.line)
				FROM public.order_items AS i
				WHERE i.order_id = o.id
			), '[]') AS lines,
			`+stationsSQL+` AS stations,
			coalesce((
				SELECT json_agg(json_build_object('menuItemId', r.menu_item_id, 'category', r.category, 'size', r.size, 'stationIds', r.station_ids) ORDER BY r.position)
				FROM public.station_routes AS r
				WHERE r.location_id = l.id
			), '[]') AS routes
		FROM public.orders AS o
		JOIN public.locations AS l ON l.id = o.location_id
		WHERE o.id = ?`, order,
	).Take(&row).Error
	if err != nil {
		return confirmedRow{}, fmt.Errorf("read a confirmed order: %w", err)
	}
	return row, nil
}

func (r confirmedRow) decode(order uuid.UUID) (kitchen.Confirmed, kitchen.Stations, kitchen.Routes, error) {
	var lines []struct {
		ItemID       uuid.UUID `json:"itemId"`
		MenuItemID   uuid.UUID `json:"menuItemId"`
		Category     string    `json:"category"`
		Size         menu.Size `json:"size"`
		Takes, Least int
	}
	var stations kitchen.Stations
	var routes kitchen.Routes
	for _, list := range []struct {
		text string
		into any
	}{{r.Lines, &lines}, {r.Stations, &stations}, {r.Routes, &routes}} {
		if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
			return kitchen.Confirmed{}, nil, nil, fmt.Errorf("decode %T: %w", list.into, err)
		}
	}
	confirmed := kitchen.Confirmed{OrderID: order, LocationID: r.LocationID, Scheduled: r.Scheduled, DueAt: r.DueAt.UTC()}
	for _, l := range lines {
		confirmed.Lines = append(confirmed.Lines, kitchen.ConfirmedLine{
			ItemID: l.ItemID, Dish: kitchen.Dish{MenuItemID: l.MenuItemID, Category: l.Category, Size: l.Size},
			Takes: time.Duration(l.Takes) * time.Second, Least: time.Duration(l.Least) * time.Second,
		})
	}
	return confirmed, stations, routes, nil
}
