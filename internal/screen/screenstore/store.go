package screenstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/screen"
)

// Store owns the transactions of the write side of screens.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Location returns the location named, or the only one. It fails with NOT_FOUND if there is no such location, and with
// BAD_USER_INPUT if none is named and there are several.
func (s *Store) Location(ctx context.Context, id *uuid.UUID) (uuid.UUID, error) {
	var found []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`SELECT l.id FROM public.locations AS l WHERE l.id = ?::uuid OR ?::uuid IS NULL LIMIT 2`, id, id).Find(&found).Error
	if err != nil {
		return uuid.Nil, fmt.Errorf("read the location: %w", err)
	}
	return location.Only(id, found)
}

// Add stores a new screen; one whose id is there already stays as it is. It fails with ALREADY_EXISTS if another one of the
// location has the name, and with LIMIT_REACHED if there are too many.
func (s *Store) Add(ctx context.Context, added *screen.Screen) error {
	return refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		state := added.State()
		if err := postgres.TakeTurns(tx, "screens of "+state.LocationID.String()); err != nil {
			return err
		}
		row := rowOf(state)
		created := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if created.Error != nil {
			return fmt.Errorf("insert screen: %w", created.Error)
		}
		if created.RowsAffected == 0 {
			return nil
		}
		var count int64
		if err := tx.Model(&screenRow{}).Where("location_id = ? AND revoked_at IS NULL", state.LocationID).Count(&count).Error; err != nil {
			return fmt.Errorf("count screens: %w", err)
		}
		if count > screen.MaxScreens {
			return screen.TooMany()
		}
		if err := saveKeys(tx, state); err != nil {
			return err
		}
		return appendEvents(tx, added)
	}))
}

// Update loads one screen under a row lock, lets change decide, and saves it: all of it, or nothing. It fails with NOT_FOUND if
// there is no such screen, and with ALREADY_EXISTS if another one of the location has the name.
func (s *Store) Update(ctx context.Context, id uuid.UUID, change func(*screen.Screen) error) error {
	return s.update(ctx, screen.NotFound(), change, "id = ?", id)
}

// UpdateByCode is Update of the screen that has a code. It fails with NOT_FOUND if none has: whoever waits for the lock looks anew.
func (s *Store) UpdateByCode(ctx context.Context, code auth.TokenHash, change func(*screen.Screen) error) error {
	return s.update(ctx, screen.NoSuchCode(), change, "code_sha256 = ?", code[:])
}

func (s *Store) update(ctx context.Context, none error, change func(*screen.Screen) error, where string, value any) error {
	return refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var before screenRow
		switch err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, value).Take(&before).Error; {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return none
		case err != nil:
			return fmt.Errorf("load screen: %w", err)
		}
		var keys []keyRow
		if err := tx.Where("screen_id = ?", before.ID).Order(`key COLLATE "C"`).Find(&keys).Error; err != nil {
			return fmt.Errorf("load keys of a screen: %w", err)
		}
		changed := screen.Restore(before.state(keys))
		if err := change(changed); err != nil {
			return err
		}
		row := rowOf(changed.State())
		if err := tx.Model(&row).Select("*").Where("id = ?", row.ID).Updates(&row).Error; err != nil {
			return fmt.Errorf("update screen: %w", err)
		}
		if err := saveKeys(tx, changed.State()); err != nil {
			return err
		}
		return appendEvents(tx, changed)
	}))
}

// Saw records when screens were last seen; another server may have seen them later.
func (s *Store) Saw(ctx context.Context, ids []uuid.UUID, at time.Time) error {
	err := s.db.WithContext(ctx).Exec(`
		INSERT INTO public.screen_sightings AS g (screen_id, last_seen_at)
		SELECT seen.id, ? FROM unnest(?::uuid[]) AS seen (id) ORDER BY seen.id
		ON CONFLICT (screen_id) DO UPDATE SET last_seen_at = greatest(g.last_seen_at, excluded.last_seen_at)`, at, postgres.IDs(ids)).Error
	if err != nil {
		return fmt.Errorf("write when screens were seen: %w", err)
	}
	return nil
}

func saveKeys(tx *gorm.DB, s screen.State) error {
	if err := tx.Where("screen_id = ?", s.ID).Delete(&keyRow{}).Error; err != nil {
		return fmt.Errorf("delete keys of a screen: %w", err)
	}
	if len(s.Keys) == 0 {
		return nil
	}
	if err := tx.Create(keyRowsOf(s)).Error; err != nil {
		return fmt.Errorf("insert keys of a screen: %w", err)
	}
	return nil
}

// audited is a screen as the API calls its fields.
type audited struct {
	Name       string        `json:"name"`
	StationIDs []uuid.UUID   `json:"stationIds"`
	TextSize   int           `json:"textSize"`
	Theme      screen.Theme  `json:"theme"`
	Keys       []screen.Key  `json:"keys"`
	Sounds     screen.Sounds `json:"sounds"`
}

func auditedOf(s *screen.State) *audited {
	if s == nil {
		return nil
	}
	return &audited{Name: s.Name, StationIDs: s.StationIDs, TextSize: s.TextSize, Theme: s.Theme, Keys: s.Keys, Sounds: s.Sounds}
}

// appendEvents adds what happened to a screen, whose row is locked, or new.
func appendEvents(tx *gorm.DB, s *screen.Screen) error {
	state := s.State()
	changes, err := events.Compare(auditedOf(s.Before()), auditedOf(&state))
	if err != nil {
		return err
	}
	for _, e := range s.Events() {
		entry := events.Entry{Stream: screen.Stream, ID: state.ID, LocationID: state.LocationID, Type: string(e.Type), By: e.By, At: e.At, Payload: changes}
		if err := events.Append(tx, entry); err != nil {
			return err
		}
	}
	return nil
}

// refusal tells what a broken constraint means.
func refusal(err error) error {
	if _, constraint, _ := postgres.Constraint(err); constraint == "screens_name_key" {
		return screen.NameTaken()
	}
	return err
}
