package promotionstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion"
)

// Store owns the transactions of the write side of promotions.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Currency returns the location named, or the only one, and its currency. It fails with NOT_FOUND if there is no such
// location, and with BAD_USER_INPUT if none is named and there are several.
func (s *Store) Currency(ctx context.Context, id *uuid.UUID) (uuid.UUID, string, error) {
	var rows []struct {
		ID       uuid.UUID
		Currency string
	}
	err := s.db.WithContext(ctx).Raw(`SELECT l.id, l.currency FROM public.locations AS l WHERE l.id = ?::uuid OR ?::uuid IS NULL LIMIT 2`, id, id).Find(&rows).Error
	if err != nil {
		return uuid.Nil, "", fmt.Errorf("read the location: %w", err)
	}
	found := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		found[i] = row.ID
	}
	if _, err := location.Only(id, found); err != nil {
		return uuid.Nil, "", err
	}
	return rows[0].ID, rows[0].Currency, nil
}

// Add stores a new promotion; one whose id is there already stays as it is. It fails with ALREADY_EXISTS if another one has
// the code, and with BAD_USER_INPUT if there is no such dish.
func (s *Store) Add(ctx context.Context, p *promotion.Promotion) error {
	return refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		row := rowOf(p.State())
		added := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if added.Error != nil {
			return fmt.Errorf("insert promotion: %w", added.Error)
		}
		if added.RowsAffected == 0 {
			return nil
		}
		if err := mustBeOnMenu(tx, p.State().MenuItemIDs()); err != nil {
			return err
		}
		return appendEvents(tx, p)
	}))
}

// Update loads one promotion under a row lock, lets change decide, and saves it: all of it, or nothing. Orders that are about
// to be made cheaper by it are through then, or are priced anew. It fails with NOT_FOUND if there is no such promotion, with
// ALREADY_EXISTS if another one has the code, and with BAD_USER_INPUT if there is no such dish.
func (s *Store) Update(ctx context.Context, id uuid.UUID, change func(*promotion.Promotion) error) error {
	return refusal(postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		before, err := load(tx, id)
		if err != nil {
			return err
		}
		p := promotion.Restore(before)
		if err := change(p); err != nil || len(p.Events()) == 0 {
			return err
		}
		if err := mustBeOnMenu(tx, p.State().MenuItemIDs()); err != nil {
			return err
		}
		row := rowOf(p.State())
		if row.MaxUses != nil { // they may not have been counted so far
			if err := tx.Raw(usesSQL, id, id).Find(&row.Uses).Error; err != nil {
				return fmt.Errorf("count redemptions: %w", err)
			}
		}
		if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("update promotion: %w", err)
		}
		return appendEvents(tx, p)
	}))
}

const usesSQL = `
	SELECT
		(SELECT count(*) FROM public.promotion_redemptions AS r WHERE r.promotion_id = ? AND r.released_at IS NULL)
		+ (SELECT count(*) FROM public.promotion_holds AS h WHERE h.promotion_id = ?)`

func load(tx *gorm.DB, id uuid.UUID) (promotion.State, error) {
	var row promotionRow
	switch err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(&row).Error; {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return promotion.State{}, promotion.NotFound()
	case err != nil:
		return promotion.State{}, fmt.Errorf("load promotion: %w", err)
	}
	s := promotion.State{Promotion: row.promotion(), LocationID: row.LocationID, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt}
	if err := tx.Raw(`SELECT l.currency FROM public.locations AS l WHERE l.id = ?`, row.LocationID).Find(&s.Currency).Error; err != nil {
		return promotion.State{}, fmt.Errorf("read the currency: %w", err)
	}
	return s, nil
}

// mustBeOnMenu refuses dishes that there aren't.
func mustBeOnMenu(tx *gorm.DB, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("list dishes: %w", err)
	}
	var found int
	err = tx.Raw(`SELECT count(*) FROM public.menu_items AS m WHERE m.id IN (SELECT json_array_elements_text(?::json)::uuid)`, string(list)).Find(&found).Error
	switch {
	case err != nil:
		return fmt.Errorf("look for dishes: %w", err)
	case found < len(ids):
		return promotion.UnknownDish()
	}
	return nil
}

// audited is a promotion as the API calls its fields.
type audited struct {
	Name       string             `json:"name"`
	Code       string             `json:"code"`
	Priority   int                `json:"priority"`
	Advertised bool               `json:"isAdvertised"`
	Reward     pricing.Reward     `json:"reward"`
	Conditions pricing.Conditions `json:"conditions"`
}

func auditedOf(s *promotion.State) *audited {
	if s == nil {
		return nil
	}
	return &audited{Name: s.Name, Code: s.Code, Priority: s.Priority, Advertised: s.Advertised, Reward: s.Reward, Conditions: s.Conditions}
}

// appendEvents adds what happened to a promotion, whose row is locked, or new.
func appendEvents(tx *gorm.DB, p *promotion.Promotion) error {
	state := p.State()
	changes, err := events.Compare(auditedOf(p.Before()), auditedOf(&state))
	if err != nil {
		return err
	}
	for _, e := range p.Events() {
		entry := events.Entry{
			Stream: promotion.Stream, ID: state.ID, LocationID: state.LocationID, Type: string(e.Type), By: e.By, At: e.At, Payload: changes,
		}
		if err := events.Append(tx, entry); err != nil {
			return err
		}
	}
	return nil
}

// refusal tells what a broken constraint means.
func refusal(err error) error {
	if _, constraint, _ := postgres.Constraint(err); constraint == "promotions_code_key" {
		return promotion.CodeTaken()
	}
	return err
}
