package kitchenstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// Store owns the transactions of stations and routes.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// stationsSQL lists the stations of the location l as JSON, in their order.
const stationsSQL = `
	coalesce((
		SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'capacity', s.capacity, 'isExpo', s.is_expo) ORDER BY s.position)
		FROM public.stations AS s
		WHERE s.location_id = l.id AND s.position IS NOT NULL
	), '[]')`

type stationRow struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	Name       string
	Position   *int
	Capacity   *int
	IsExpo     bool
}

func (stationRow) TableName() string { return "public.stations" }

// AddExpo adds the expediter's station of a new location.
func AddExpo(tx *gorm.DB, location uuid.UUID) error {
	_, err := addExpo(tx, location)
	return err
}

// addExpo adds the expediter's station, whose id follows from the location's, unless it is there.
func addExpo(tx *gorm.DB, location uuid.UUID) (kitchen.Stations, error) {
	expo := kitchen.Station{ID: uuid.NewSHA1(location, []byte("expo")), Name: kitchen.ExpoName, IsExpo: true}
	err := tx.Exec(`
		INSERT INTO public.stations (id, location_id, name, position, is_expo) VALUES (?, ?, ?, 1, true)
		ON CONFLICT (location_id) WHERE is_expo DO NOTHING`, expo.ID, location, expo.Name).Error
	if err != nil {
		return nil, fmt.Errorf("add the expediter's station: %w", err)
	}
	return kitchen.Stations{expo}, nil
}

// ChangeStations loads a location's stations under a lock that all who change them take, lets change decide, and stores them
// with an event for each that is new, another, or gone. It fails with NOT_FOUND if there is no such location.
func (s *Store) ChangeStations(
	ctx context.Context, location uuid.UUID, by auth.Author, at time.Time, change func(kitchen.Stations) (kitchen.Stations, error),
) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		before, err := lockStations(tx, location)
		if err != nil {
			return err
		}
		after, err := change(before)
		if err != nil {
			return err
		}
		if err := saveStations(tx, location, before, after); err != nil {
			return err
		}
		entries, err := stationEntries(location, before, after, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, entries...)
	})
}

// Equip gives a location stations before the expediter's, and routes, unless it has any.
func (s *Store) Equip(ctx context.Context, location uuid.UUID, stations kitchen.Stations, routes kitchen.Routes, at time.Time) error {
	equipped := false
	system := auth.System().Author()
	err := s.ChangeStations(ctx, location, system, at, func(there kitchen.Stations) (kitchen.Stations, error) {
		if equipped = len(there) > 1; equipped {
			return there, nil
		}
		return slices.Concat(stations, there), nil
	})
	if err != nil || equipped {
		return err
	}
	return s.SetRoutes(ctx, location, routes, system, at, func(kitchen.Stations) error { return nil })
}

// LocationOf returns where a station is, unless it was taken away. It fails with NOT_FOUND.
func (s *Store) LocationOf(ctx context.Context, station uuid.UUID) (uuid.UUID, error) {
	var rows []stationRow
	if err := s.db.WithContext(ctx).Where("id = ? AND position IS NOT NULL", station).Find(&rows).Error; err != nil {
		return uuid.Nil, fmt.Errorf("look up station: %w", err)
	}
	if len(rows) == 0 {
		return uuid.Nil, kitchen.StationNotFound()
	}
	return rows[0].LocationID, nil
}

// lockStations reads a location's stations, in order.
func lockStations(tx *gorm.DB, at uuid.UUID) (kitchen.Stations, error) {
	var found []uuid.UUID
	if err := tx.Raw(`SELECT l.id FROM public.locations AS l WHERE l.id = ? FOR NO KEY UPDATE`, at).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("lock location: %w", err)
	}
	if len(found) == 0 {
		return nil, location.NotFound()
	}
	var rows []stationRow
	if err := tx.Where("location_id = ? AND position IS NOT NULL", at).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load stations: %w", err)
	}
	if len(rows) == 0 { // a location that an earlier version has made
		return addExpo(tx, at)
	}
	stations := make(kitchen.Stations, len(rows))
	for i, r := range rows {
		stations[i] = kitchen.Station{ID: r.ID, Name: r.Name, Capacity: r.Capacity, IsExpo: r.IsExpo}
	}
	return stations, nil
}

// saveStations stores stations in their order. Those that aren't there any more keep no position.
func saveStations(tx *gorm.DB, location uuid.UUID, before, after kitchen.Stations) error {
	for i, s := range after {
		row := stationRow{ID: s.ID, LocationID: location, Name: s.Name, Position: new(i + 1), Capacity: s.Capacity, IsExpo: s.IsExpo}
		saved := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"name", "position", "capacity"})}).Create(&row)
		if saved.Error != nil {
			return fmt.Errorf("save station: %w", saved.Error)
		}
	}
	for _, s := range before {
		if !slices.ContainsFunc(after, func(kept kitchen.Station) bool { return kept.ID == s.ID }) {
			if err := tx.Exec(`UPDATE public.stations AS s SET position = NULL WHERE s.id = ?`, s.ID).Error; err != nil {
				return fmt.Errorf("take a station away: %w", err)
			}
		}
	}
	return nil
}
