package menustore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

// Store owns the transactions of the write side of the menu.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add lets complete decide what locations do otherwise, and stores a new item with its prices and recipe. An item that is there
// already is left as it is. It fails with BAD_USER_INPUT if an ingredient or the image does not exist.
func (s *Store) Add(ctx context.Context, item *menu.Item, complete func(menu.Currencies) error) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		currencies, err := keepLocations(tx)
		if err != nil {
			return err
		}
		if err := complete(currencies); err != nil {
			return err
		}
		state := item.State()
		if err := lockIngredients(tx, state.ID, state.Recipe); err != nil {
			return err
		}
		if len(state.OptionGroups) > 0 {
			if err := takeTurnOnWhatCanBeHad(tx); err != nil {
				return err
			}
		}
		if err := checkGroups(tx, state); err != nil {
			return err
		}
		isNew := false
		err = withImage(tx, menu.State{}, state, func() error {
			row := itemRowOf(state)
			added := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
			if added.Error != nil {
				return fmt.Errorf("insert menu item: %w", added.Error)
			}
			isNew = added.RowsAffected == 1
			return nil
		})
		if err != nil || !isNew {
			return err
		}
		if err := insert(tx, priceRowsOf(state)); err != nil {
			return err
		}
		if err := insert(tx, recipeRowsOf(state)); err != nil {
			return err
		}
		if err := saveOffers(tx, state); err != nil {
			return err
		}
		if err := insert(tx, itemGroupRowsOf(state)); err != nil {
			return err
		}
		return appendEvents(tx, item)
	})
}

// Update loads one item under a row lock, lets change decide, and saves the item if something has happened to it: all of it,
// or nothing. It fails with NOT_FOUND if there is no such item. A recipe that change will bring in is passed, too: BAD_USER_INPUT
// tells which of its ingredients does not exist, and which option group makes no sense.
func (s *Store) Update(
	ctx context.Context, id uuid.UUID, brings menu.Brings, change func(*menu.Item, menu.Currencies) error,
) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return updateItem(tx, id, brings, change) })
}

func updateItem(tx *gorm.DB, id uuid.UUID, brings menu.Brings, change func(*menu.Item, menu.Currencies) error) error {
	currencies, err := keepLocations(tx)
	if err != nil {
		return err
	}
	if recipe := brings.Recipe; recipe != nil {
		if err := lockRecipe(tx, id); err != nil {
			return err
		}
		if err := lockIngredients(tx, id, *recipe); err != nil {
			return err
		}
	}
	if brings.OptionGroups {
		if err := takeTurnOnWhatCanBeHad(tx); err != nil {
			return err
		}
	}
	before, err := load(tx, id)
	if err != nil {
		return err
	}
	item := menu.Restore(before)
	if err := change(item, currencies); err != nil || len(item.Events()) == 0 {
		return err
	}
	if err := withImage(tx, before, item.State(), func() error { return save(tx, before, item.State()) }); err != nil {
		return err
	}
	return appendEvents(tx, item)
}

// lockRecipe lets one replace the item's recipe at a time. The item's own lock can't do that: it comes last.
func lockRecipe(tx *gorm.DB, id uuid.UUID) error {
	return postgres.TakeTurns(tx, "recipe of "+id.String())
}

// lockIngredients keeps the stock of the item's old and new ingredients as it is, at all locations, until the item is stored,
// or a change of stock at the same time could go unseen. Levels come before the item and in the order of
// their ids, which is the order in which orders take them: otherwise each could wait for the other.
func lockIngredients(tx *gorm.DB, id uuid.UUID, recipe []menu.RecipeLine) error {
	needed := make([]uuid.UUID, len(recipe))
	for i, line := range recipe {
		needed[i] = line.IngredientID
	}
	there, err := existing(tx, needed)
	if err != nil {
		return err
	}
	missing := slices.IndexFunc(needed, func(id uuid.UUID) bool { return !slices.Contains(there, id) })
	if missing >= 0 {
		return menu.UnknownIngredient(missing)
	}
	err = tx.Exec(`
		SELECT
		FROM public.stock_levels AS l
		WHERE l.ingredient_id IN ?
			OR l.ingredient_id IN (SELECT r.ingredient_id FROM public.recipes AS r WHERE r.menu_item_id = ?)
		ORDER BY l.location_id, l.ingredient_id
		FOR NO KEY UPDATE`, needed, id,
	).Error
	if err != nil {
		return fmt.Errorf("lock stock levels: %w", err)
	}
	return nil
}

// existing returns those of the ingredients that there are.
func existing(tx *gorm.DB, ids []uuid.UUID) ([]uuid.UUID, error) {
	var there []uuid.UUID
	if len(ids) == 0 {
		return nil, nil
	}
	if err := tx.Raw(`SELECT g.id FROM public.ingredients AS g WHERE g.id IN ?`, ids).Find(&there).Error; err != nil {
		return nil, fmt.Errorf("look ingredients up: %w", err)
	}
	return there, nil
}

func load(tx *gorm.DB, id uuid.UUID) (menu.State, error) {
	var row itemRow
	switch err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", id).Take(&row).Error; {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return menu.State{}, menu.NotFound()
	case err != nil:
		return menu.State{}, fmt.Errorf("load menu item: %w", err)
	}
	var prices []priceRow
	if err := tx.Where("menu_item_id = ?", id).Find(&prices).Error; err != nil {
		return menu.State{}, fmt.Errorf("load prices: %w", err)
	}
	var recipe []recipeRow
	if err := tx.Where("menu_item_id = ?", id).Find(&recipe).Error; err != nil {
		return menu.State{}, fmt.Errorf("load recipe: %w", err)
	}
	state := stateOf(row, prices, recipe)
	var err error
	if state.OptionGroups, err = loadItemGroups(tx, id); err != nil {
		return menu.State{}, err
	}
	state.Offers, err = loadOffers(tx, id)
	return state, err
}

func save(tx *gorm.DB, before, after menu.State) error {
	row := itemRowOf(after)
	if err := tx.Model(&row).Select("*").Where("id = ?", row.ID).Updates(&row).Error; err != nil {
		return fmt.Errorf("update menu item: %w", err)
	}
	if !after.SamePrices(before) {
		if err := replace(tx, after.ID, priceRowsOf(after)); err != nil {
			return err
		}
	}
	if !after.SameOffers(before) {
		if err := saveOffers(tx, after); err != nil {
			return err
		}
	}
	if !after.SameGroups(before) {
		if err := checkGroups(tx, after); err != nil {
			return err
		}
		if err := replace(tx, after.ID, itemGroupRowsOf(after)); err != nil {
			return err
		}
	}
	if !after.SameRecipe(before) {
		return replace(tx, after.ID, recipeRowsOf(after))
	}
	return nil
}

// replace exchanges all of an item's rows of one table.
func replace[R any](tx *gorm.DB, itemID uuid.UUID, rows []R) error {
	if err := tx.Where("menu_item_id = ?", itemID).Delete(new(R)).Error; err != nil {
		return fmt.Errorf("delete what is replaced: %w", err)
	}
	return insert(tx, rows)
}

// insert adds rows, of which there may be none.
func insert[R any](tx *gorm.DB, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert rows of %T: %w", rows, err)
	}
	return nil
}
