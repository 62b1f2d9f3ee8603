package menustore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

type itemGroupRow struct {
	MenuItemID       uuid.UUID
	GroupID          uuid.UUID
	Position         int
	Min              *int
	Max              *int
	FreeUpTo         *int
	OptionIDs        *postgres.IDs
	DefaultOptionIDs *postgres.IDs
}

func (itemGroupRow) TableName() string { return "public.menu_item_option_groups" }

func itemGroupRowsOf(s menu.State) []itemGroupRow {
	rows := make([]itemGroupRow, len(s.OptionGroups))
	for i, g := range s.OptionGroups {
		rows[i] = itemGroupRow{
			MenuItemID: s.ID, GroupID: g.OptionGroupID, Position: i, Min: g.Min, Max: g.Max, FreeUpTo: g.FreeUpTo,
			OptionIDs: (*postgres.IDs)(g.OptionIDs), DefaultOptionIDs: (*postgres.IDs)(g.DefaultOptionIDs),
		}
	}
	return rows
}

func loadItemGroups(tx *gorm.DB, id uuid.UUID) ([]menu.ItemOptionGroup, error) {
	var rows []itemGroupRow
	if err := tx.Where("menu_item_id = ?", id).Order("position, group_id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load option groups of an item: %w", err)
	}
	var groups []menu.ItemOptionGroup
	for _, r := range rows {
		groups = append(groups, menu.ItemOptionGroup{
			OptionGroupID: r.GroupID, Min: r.Min, Max: r.Max, FreeUpTo: r.FreeUpTo,
			OptionIDs: (*[]uuid.UUID)(r.OptionIDs), DefaultOptionIDs: (*[]uuid.UUID)(r.DefaultOptionIDs),
		})
	}
	return groups, nil
}

// checkGroups refuses, with BAD_USER_INPUT, what the item's groups don't allow.
func checkGroups(tx *gorm.DB, s menu.State) error {
	if len(s.OptionGroups) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(s.OptionGroups))
	for i, g := range s.OptionGroups {
		ids[i] = g.OptionGroupID
	}
	known, err := loadGroups(tx, ids)
	if err != nil {
		return err
	}
	return s.CheckGroups(known)
}
