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

// together is how many items are added at once: others wait for their ingredients meanwhile.
const together = 5

// AddMissing adds those items whose id is not there yet, some at a time; the others, archived ones too, stay as they are. It fails
// with BAD_USER_INPUT if an ingredient does not exist.
func (s *Store) AddMissing(ctx context.Context, wanted []*menu.Item) error {
	for some := range slices.Chunk(wanted, together) {
		if err := s.addMissing(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) addMissing(ctx context.Context, wanted []*menu.Item) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		added, err := missing(tx, wanted)
		if err != nil || len(added) == 0 {
			return err
		}
		var items []itemRow
		var prices []priceRow
		var recipes []recipeRow
		var groups []itemGroupRow
		var needs []menu.RecipeLine
		for _, item := range added {
			state := item.State()
			items = append(items, itemRowOf(state))
			prices = append(prices, priceRowsOf(state)...)
			recipes = append(recipes, recipeRowsOf(state)...)
			groups = append(groups, itemGroupRowsOf(state)...)
			needs = append(needs, state.Recipe...)
		}
		if _, err := keepLocations(tx); err != nil {
			return err
		}
		if err := lockIngredients(tx, uuid.Nil, needs); err != nil {
			return err
		}
		if err := takeTurnOnWhatCanBeHad(tx); err != nil {
			return err
		}
		// Somebody else may be adding the same items.
		once := tx.Clauses(clause.OnConflict{DoNothing: true}).Session(&gorm.Session{})
		if err := insert(once, items); err != nil {
			return err
		}
		if err := insert(once, prices); err != nil {
			return err
		}
		if err := insert(once, recipes); err != nil {
			return err
		}
		if err := insert(once, groups); err != nil {
			return err
		}
		return appendFirstEvents(tx, added)
	})
	if err != nil {
		return fmt.Errorf("add missing menu items: %w", err)
	}
	return nil
}

// appendFirstEvents adds the events of new items, except those that another server has added meanwhile.
func appendFirstEvents(tx *gorm.DB, added []*menu.Item) error {
	ids := make([]uuid.UUID, len(added))
	for i, item := range added {
		ids[i] = item.State().ID
	}
	var known []uuid.UUID
	err := tx.Raw(`SELECT DISTINCT e.stream_id FROM public.events AS e WHERE e.stream_id IN ?`, ids).Find(&known).Error
	if err != nil {
		return fmt.Errorf("look up items' events: %w", err)
	}
	added = slices.DeleteFunc(added, func(item *menu.Item) bool { return slices.Contains(known, item.State().ID) })
	if len(added) == 0 {
		return nil
	}
	return appendEvents(tx, added...)
}

func missing(tx *gorm.DB, wanted []*menu.Item) ([]*menu.Item, error) {
	ids := make([]uuid.UUID, len(wanted))
	for i, item := range wanted {
		ids[i] = item.State().ID
	}
	var there []uuid.UUID
	if err := tx.Model(&itemRow{}).Where("id IN ?", ids).Pluck("id", &there).Error; err != nil {
		return nil, fmt.Errorf("look items up: %w", err)
	}
	var missing []*menu.Item
	for _, item := range wanted {
		if !slices.Contains(there, item.State().ID) {
			missing = append(missing, item)
		}
	}
	return missing, nil
}
