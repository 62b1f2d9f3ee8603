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
		inserted := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if inserted.Error != nil {
			return fmt.Errorf("insert ingredient: %w", inserted.Error)
		}
		if inserted.RowsAffected == 0 {
			return nil
		}
		if err := counted(tx, ingredient.ID, ingredient.OnHand, at); err != nil {
			return err
		}
		added, err := entry(inventory.IngredientAdded, nil, ingredient, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, added)
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
		before := ingredientOf(row)
		changed, err := entry(inventory.StockCounted, &before, ingredient, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, changed)
	})
}

// entry tells what somebody added or counted. It is appended while the level's row is locked, or new: so events of one
// ingredient take turns.
func entry(how string, before *inventory.Ingredient, after inventory.Ingredient, by auth.Author, at time.Time) (events.Entry, error) {
	changes, err := events.Compare(auditedOf(before), auditedOf(&after))
	return events.Entry{
		Stream: inventory.Stream, ID: after.ID, Type: how, By: by, At: at, Payload: payload{OnHand: after.OnHand, Changes: changes},
	}, err
}

// payload is what the log keeps of an ingredient's event.
type payload struct {
	OnHand int `json:"onHand"` // as counted
	events.Changes
}

// audited is what a manager says of an ingredient, as the API calls it.
type audited struct {
	Name         string `json:"name"`
	OnHand       int    `json:"onHand"`
	LowThreshold int    `json:"lowThreshold"`
}

func auditedOf(i *inventory.Ingredient) *audited {
	if i == nil {
		return nil
	}
	return &audited{i.Name, i.OnHand, i.LowThreshold}
}
