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
	"pizzeria/internal/postgres"
)

// Store owns the transactions of the write side of the stock, but for those of orders.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add stores a new ingredient with the movement that explains its stock. It fails with ALREADY_EXISTS if the name is
// taken, whatever its case.
func (s *Store) Add(ctx context.Context, ingredient inventory.Ingredient, at time.Time) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		row := ingredientRowOf(ingredient, at)
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert ingredient: %w", err)
		}
		return counted(tx, ingredient.ID, ingredient.OnHand, at)
	})
	if _, constraint, ok := postgres.Constraint(err); ok && constraint == "ingredients_name_key" {
		return inventory.NameTaken()
	}
	return err
}

// Update loads one ingredient under a row lock, lets change decide, and saves its stock with the movement that explains
// the difference, if there is one. It fails with NOT_FOUND if there is no such ingredient.
func (s *Store) Update(ctx context.Context, id uuid.UUID, at time.Time, change func(*inventory.Ingredient) error) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var row ingredientRow
		switch err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", id).Take(&row).Error; {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return inventory.NotFound()
		case err != nil:
			return fmt.Errorf("load ingredient: %w", err)
		}
		ingredient := ingredientOf(row)
		if err := change(&ingredient); err != nil {
			return err
		}
		difference := ingredient.OnHand - row.OnHand
		if difference == 0 {
			return nil
		}
		err := tx.Model(&ingredientRow{}).Where("id = ?", id).Update("on_hand", ingredient.OnHand).Error
		if err != nil {
			return fmt.Errorf("update stock: %w", err)
		}
		return counted(tx, id, difference, at)
	})
}

// counted explains a difference that somebody found on the shelf.
func counted(tx *gorm.DB, id uuid.UUID, difference int, at time.Time) error {
	if difference == 0 {
		return nil
	}
	row := countedRow{IngredientID: id, Kind: "COUNTED", OnHand: difference, At: at}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert stock movement: %w", err)
	}
	return nil
}
