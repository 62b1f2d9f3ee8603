package inventorystore

import (
	"context"
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

// Store owns the transactions of the write side of the stock, but for those of orders.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add stores a new ingredient with the movement that explains its stock. It fails with ALREADY_EXISTS if the name is
// taken, whatever its case. An ingredient that is there already is left as it is.
func (s *Store) Add(ctx context.Context, ingredient inventory.Ingredient, by auth.Author, at time.Time) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := foldNames(tx); err != nil {
			return err
		}
		row := ingredientRowOf(ingredient, at)
		added := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if added.Error != nil {
			return fmt.Errorf("insert ingredient: %w", added.Error)
		}
		if added.RowsAffected == 0 {
			return nil
		}
		if err := counted(tx, ingredient.ID, ingredient.OnHand, at); err != nil {
			return err
		}
		return events.Append(tx, entry(inventory.IngredientAdded, ingredient, by, at))
	})
	if _, constraint, ok := postgres.Constraint(err); ok && constraint == "ingredients_name_key" {
		return inventory.NameTaken()
	}
	return err
}

// Update loads one ingredient under a row lock, lets change decide, and saves its stock with the movement that explains
// the difference, if there is one. It fails with NOT_FOUND if there is no such ingredient.
func (s *Store) Update(
	ctx context.Context, id uuid.UUID, by auth.Author, at time.Time, change func(*inventory.Ingredient) error,
) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var row stockRow
		found := tx.Raw(`
			SELECT g.id, g.name, l.on_hand, l.reserved, g.low_threshold
			FROM public.ingredients AS g
			JOIN public.stock_levels AS l ON l.ingredient_id = g.id
			WHERE g.id = ?
			FOR NO KEY UPDATE OF l`, id,
		).Find(&row)
		switch {
		case found.Error != nil:
			return fmt.Errorf("load ingredient: %w", found.Error)
		case found.RowsAffected == 0:
			return inventory.NotFound()
		}
		ingredient := ingredientOf(row)
		if err := change(&ingredient); err != nil {
			return err
		}
		if err := counted(tx, id, ingredient.OnHand-row.OnHand, at); err != nil {
			return err
		}
		return events.Append(tx, entry(inventory.StockCounted, ingredient, by, at))
	})
}

// entry tells what somebody added or counted. It is appended while the level's row is locked, or new: so events of one
// ingredient take turns.
func entry(how string, ingredient inventory.Ingredient, by auth.Author, at time.Time) events.Entry {
	return events.Entry{
		Stream: inventory.Stream, ID: ingredient.ID, Type: how, By: by, At: at,
		Payload: payload{OnHand: ingredient.OnHand},
	}
}

// payload is what the log keeps of an ingredient's event.
type payload struct {
	OnHand int `json:"onHand"` // as counted
}
