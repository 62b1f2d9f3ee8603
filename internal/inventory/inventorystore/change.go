package inventorystore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// Change loads one ingredient under a row lock, lets change decide, and saves it if its version has changed. It fails with
// NOT_FOUND if there is no such ingredient, and with ALREADY_EXISTS if another has the name, whatever its case.
func (s *Store) Change(
	ctx context.Context, id uuid.UUID, by auth.Author, at time.Time, change func(inventory.Ingredient) (inventory.Ingredient, error),
) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		before, row, err := loadIngredient(tx, id)
		if err != nil {
			return err
		}
		after, err := change(before)
		if err != nil || after.Version == before.Version {
			return err
		}
		if !after.SuitsTheSame(before) {
			if err := keepDishes(tx, id); err != nil {
				return err
			}
		}
		if err := foldNames(tx); err != nil {
			return err
		}
		row = ingredientRowOf(after, row.CreatedAt)
		if err := tx.Model(&row).Select("*").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("update ingredient: %w", err)
		}
		changed, err := changedEntry(before, after, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, changed)
	})
	if _, constraint, ok := postgres.Constraint(err); ok && constraint == "ingredients_name_key" {
		return inventory.NameTaken()
	}
	return err
}

func loadIngredient(tx *gorm.DB, id uuid.UUID) (inventory.Ingredient, ingredientRow, error) {
	var row ingredientRow
	switch err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", id).Take(&row).Error; {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return inventory.Ingredient{}, row, inventory.NotFound()
	case err != nil:
		return inventory.Ingredient{}, row, fmt.Errorf("load ingredient: %w", err)
	}
	return inventory.Ingredient{
		ID: row.ID, Name: row.Name, LowThreshold: row.LowThreshold, Allergens: row.Allergens, Diet: row.Diet, Version: row.Version,
	}, row, nil
}

// keepDishes keeps all dishes from being made of the ingredient, or no longer, until the transaction ends: whoever changes a
// recipe locks the levels of its ingredients first. Dishes are computed anew at the commit, in turns with orders that do so.
func keepDishes(tx *gorm.DB, id uuid.UUID) error {
	err := tx.Exec(`
		SELECT FROM public.stock_levels AS l WHERE l.ingredient_id = ? ORDER BY l.location_id FOR NO KEY UPDATE`, id).Error
	if err != nil {
		return fmt.Errorf("lock stock levels: %w", err)
	}
	return postgres.TakeTurns(tx, "what can be had")
}
