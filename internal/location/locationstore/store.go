package locationstore

import (
	"cmp"
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// Store owns the transactions of the write side of locations.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add stores a new location; one whose id is there already stays as it is. It fails with ALREADY_EXISTS if the slug is taken.
func (s *Store) Add(ctx context.Context, l *location.Location) error {
	state := l.State()
	return refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		row := locationRowOf(state)
		added := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if added.Error != nil {
			return fmt.Errorf("insert location: %w", added.Error)
		}
		if added.RowsAffected == 0 {
			return nil
		}
		if err := cmp.Or(insertTaxRates(tx, state), saveServices(tx, state), saveZones(tx, state), kitchenstore.AddExpo(tx, state.ID)); err != nil {
			return err
		}
		return appendEvents(tx, l)
	}))
}

// Update loads one location, nil for the only one, under a row lock, lets change decide, and saves it: all of it, or nothing.
// It returns which one it is. It fails with NOT_FOUND if there is no such location, with ALREADY_EXISTS if the slug is taken,
// and with BAD_USER_INPUT if there are orders in another currency, or the id is nil and there are several.
func (s *Store) Update(ctx context.Context, which *uuid.UUID, change func(*location.Location) error) (uuid.UUID, error) {
	var id uuid.UUID
	err := refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		before, err := load(tx, which)
		if err != nil {
			return err
		}
		id = before.ID
		l := location.Restore(before)
		if err := change(l); err != nil || len(l.Events()) == 0 {
			return err
		}
		row := locationRowOf(l.State())
		if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("update location: %w", err)
		}
		if err := tx.Where("location_id = ?", id).Delete(&taxRateRow{}).Error; err != nil {
			return fmt.Errorf("delete tax rates: %w", err)
		}
		if err := cmp.Or(insertTaxRates(tx, l.State()), saveServices(tx, l.State()), saveZones(tx, l.State())); err != nil {
			return err
		}
		return appendEvents(tx, l)
	}))
	return id, err
}

func load(tx *gorm.DB, which *uuid.UUID) (location.State, error) {
	var rows []locationRow
	if err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?::uuid OR ?::uuid IS NULL", which, which).Limit(2).Find(&rows).Error; err != nil {
		return location.State{}, fmt.Errorf("load location: %w", err)
	}
	found := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		found[i] = row.ID
	}
	id, err := location.Only(which, found)
	if err != nil {
		return location.State{}, err
	}
	var rates []taxRateRow
	if err := tx.Where("location_id = ?", id).Order(`category COLLATE "C"`).Find(&rates).Error; err != nil {
		return location.State{}, fmt.Errorf("load tax rates: %w", err)
	}
	state := stateOf(rows[0], rates)
	if state.Services, err = loadServices(tx, id); err != nil {
		return location.State{}, err
	}
	if state.Zones, err = loadZones(tx, id); err != nil {
		return location.State{}, err
	}
	return state, nil
}

func insertTaxRates(tx *gorm.DB, s location.State) error {
	rows := taxRateRowsOf(s)
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert tax rates: %w", err)
	}
	return nil
}

// appendEvents adds what happened to a location, whose row is locked, or new.
func appendEvents(tx *gorm.DB, l *location.Location) error {
	state := l.State()
	changes, err := events.Compare(auditedOf(l.Before()), auditedOf(&state))
	if err != nil {
		return err
	}
	for _, e := range l.Events() {
		entry := events.Entry{
			Stream: location.Stream, ID: state.ID, LocationID: state.ID, Type: string(e.Type), By: e.By, Reason: e.Reason, At: e.At, Payload: changes,
		}
		if err := events.Append(tx, entry); err != nil {
			return err
		}
	}
	return nil
}

// refusal tells what a broken constraint means.
func refusal(err error) error {
	_, constraint, _ := postgres.Constraint(err)
	switch constraint {
	case "locations_slug_key":
		return location.SlugTaken()
	case "orders_location_currency_fkey":
		return fault.New(fault.BadUserInput, "The currency can't change any more: there are orders in it.").At("currency")
	}
	return err
}
