package menustore

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// AddGroup stores a new option group. A group that is there already is left as it is. It fails with BAD_USER_INPUT if an
// ingredient does not exist.
func (s *Store) AddGroup(ctx context.Context, group *menu.OptionGroup) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return addGroup(tx, group) })
}

func addGroup(tx *gorm.DB, group *menu.OptionGroup) error {
	state := group.State()
	if err := requireIngredients(tx, state.Options); err != nil {
		return err
	}
	row := groupRowOf(state)
	added := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
	if added.Error != nil {
		return fmt.Errorf("insert option group: %w", added.Error)
	}
	if added.RowsAffected == 0 {
		return nil
	}
	if err := insertOptions(tx, state); err != nil {
		return err
	}
	return appendGroupEvents(tx, group)
}

// UpdateGroup loads one option group under a row lock, lets change decide, and saves the group if something has happened to it:
// all of it, or nothing. It fails with NOT_FOUND if there is no such group. Options that change will bring in are passed, too:
// BAD_USER_INPUT tells which of their ingredients does not exist. Items that have the group are computed anew at the commit.
func (s *Store) UpdateGroup(ctx context.Context, id uuid.UUID, options []menu.Option, change func(*menu.OptionGroup) error) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return updateGroup(tx, id, options, change) })
}

func updateGroup(tx *gorm.DB, id uuid.UUID, options []menu.Option, change func(*menu.OptionGroup) error) error {
	if err := requireIngredients(tx, options); err != nil {
		return err
	}
	if err := lockStockOfGroup(tx, id, options); err != nil {
		return err
	}
	found, err := loadGroups(tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}), []uuid.UUID{id})
	if err != nil {
		return err
	}
	before, there := found[id]
	if !there {
		return menu.OptionGroupNotFound()
	}
	group := menu.RestoreOptionGroup(before)
	if err := change(group); err != nil || len(group.Events()) == 0 {
		return err
	}
	after := group.State()
	row := groupRowOf(after)
	if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
		return fmt.Errorf("update option group: %w", err)
	}
	if err := tx.Where("group_id = ?", id).Delete(&optionRow{}).Error; err != nil {
		return fmt.Errorf("delete options that are replaced: %w", err)
	}
	if err := insertOptions(tx, after); err != nil {
		return err
	}
	return appendGroupEvents(tx, group)
}

func insertOptions(tx *gorm.DB, state menu.OptionGroupState) error {
	options, prices := optionRowsOf(state)
	if err := insert(tx, options); err != nil {
		return err
	}
	return insert(tx, prices)
}

func requireIngredients(tx *gorm.DB, options []menu.Option) error {
	needed := menu.OptionGroupTerms{Options: options}.Ingredients()
	there, err := existing(tx, needed)
	if err != nil {
		return err
	}
	missing := slices.IndexFunc(options, func(o menu.Option) bool { return o.IngredientID != nil && !slices.Contains(there, *o.IngredientID) })
	if missing >= 0 {
		return menu.UnknownOptionIngredient(missing)
	}
	return nil
}

// lockStockOfGroup keeps the stock of all that a group's options take, and will take, as it is, and then takes the turn on what
// can be had: in the order in which orders do, and before any item is locked, so that none waits for the other.
func lockStockOfGroup(tx *gorm.DB, id uuid.UUID, options []menu.Option) error {
	needed := append(menu.OptionGroupTerms{Options: options}.Ingredients(), uuid.Nil)
	err := tx.Exec(`
		SELECT
		FROM public.stock_levels AS l
		WHERE l.ingredient_id IN ? OR l.ingredient_id IN (SELECT o.ingredient_id FROM public.menu_options AS o WHERE o.group_id = ?)
		ORDER BY l.location_id, l.ingredient_id
		FOR NO KEY UPDATE`, needed, id,
	).Error
	if err != nil {
		return fmt.Errorf("lock stock levels: %w", err)
	}
	return takeTurnOnWhatCanBeHad(tx)
}

// takeTurnOnWhatCanBeHad waits for all others that change what can be had, and which items have which options. It comes after the
// locks on stock levels, and before those on items.
func takeTurnOnWhatCanBeHad(tx *gorm.DB) error { return postgres.TakeTurns(tx, "what can be had") }

// loadGroups reads option groups, archived ones too; those that don't exist are missing.
func loadGroups(tx *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]menu.OptionGroupState, error) {
	var rows []groupRow
	if err := tx.Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load option groups: %w", err)
	}
	plain := tx.Session(&gorm.Session{NewDB: true})
	var options []optionRow
	if err := plain.Where("group_id IN ?", ids).Order("position, id").Find(&options).Error; err != nil {
		return nil, fmt.Errorf("load options: %w", err)
	}
	var prices []optionPriceRow
	err := plain.
		Where("option_id IN (?)", plain.Model(&optionRow{}).Select("id").Where("group_id IN ?", ids)).
		Order("array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], size)").Find(&prices).Error
	if err != nil {
		return nil, fmt.Errorf("load prices of options: %w", err)
	}
	groups := make(map[uuid.UUID]menu.OptionGroupState, len(rows))
	for _, row := range rows {
		groups[row.ID] = groupStateOf(row, options, prices)
	}
	return groups, nil
}

func appendGroupEvents(tx *gorm.DB, group *menu.OptionGroup) error {
	after := group.State()
	changes, err := events.Compare(auditedGroupOf(group.Before()), auditedGroupOf(&after))
	if err != nil {
		return err
	}
	var entries []events.Entry
	for _, e := range group.Events() {
		entries = append(entries, events.Entry{
			Stream: menu.OptionGroupStream, ID: after.ID, Type: string(e.Type), By: e.By, At: e.At, Reason: e.Reason,
			Payload: struct {
				Version int `json:"version"`
				events.Changes
			}{after.Version, changes},
		})
	}
	return events.Append(tx, entries...)
}
