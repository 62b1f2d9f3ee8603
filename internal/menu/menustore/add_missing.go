package menustore

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

// AddMissing adds those items whose id is not there yet, in one transaction; the others, archived ones too, stay as
// they are. It fails with BAD_USER_INPUT if an ingredient does not exist.
func (s *Store) AddMissing(ctx context.Context, wanted []*menu.Item) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		missing, err := missing(tx, wanted)
		if err != nil || len(missing) == 0 {
			return err
		}
		var items []itemRow
		var prices []priceRow
		var recipes []recipeRow
		var needs []menu.RecipeLine
		for _, state := range missing {
			items = append(items, itemRowOf(state))
			prices = append(prices, priceRowsOf(state)...)
			recipes = append(recipes, recipeRowsOf(state)...)
			needs = append(needs, state.Recipe...)
		}
		if err := lockIngredients(tx, uuid.Nil, needs); err != nil {
			return err
		}
		// Somebody else may be adding the same items.
		tx = tx.Clauses(clause.OnConflict{DoNothing: true}).Session(&gorm.Session{})
		if err := insert(tx, items); err != nil {
			return err
		}
		if err := insert(tx, prices); err != nil {
			return err
		}
		return insert(tx, recipes)
	})
	if err != nil {
		return fmt.Errorf("add missing menu items: %w", err)
	}
	return nil
}

func missing(tx *gorm.DB, wanted []*menu.Item) ([]menu.State, error) {
	ids := make([]uuid.UUID, len(wanted))
	for i, item := range wanted {
		ids[i] = item.State().ID
	}
	var there []uuid.UUID
	if err := tx.Model(&itemRow{}).Where("id IN ?", ids).Pluck("id", &there).Error; err != nil {
		return nil, fmt.Errorf("look items up: %w", err)
	}
	var missing []menu.State
	for _, item := range wanted {
		if state := item.State(); !slices.Contains(there, state.ID) {
			missing = append(missing, state)
		}
	}
	return missing, nil
}
