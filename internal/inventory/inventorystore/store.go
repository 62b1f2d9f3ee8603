package inventorystore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// Store owns the transactions of the write side of the stock, but for those of orders.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add stores a new ingredient with the movements that explain its stock. It fails with ALREADY_EXISTS if the name is
// taken, whatever its case, and with what find says of the locations. An ingredient that is there already is left as it is.
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
		if err := countFirst(tx, ingredient, at); err != nil {
			return err
		}
		added, err := addedEntry(ingredient, by, at)
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

// Update loads what a location, nil for the only one, has of an ingredient under a row lock, lets change decide, and saves it
// with the movement that explains the difference, if there is one. It fails with NOT_FOUND if there is no such ingredient or
// location, and with BAD_USER_INPUT if the location is nil and there are several.
func (s *Store) Update(
	ctx context.Context, id uuid.UUID, place *uuid.UUID, by auth.Author, at time.Time, change func(at inventory.Place, l *inventory.Level) error,
) (inventory.StockKey, error) {
	return s.update(ctx, id, place, change, func(tx *gorm.DB, key inventory.StockKey, before, level inventory.Level) error {
		if err := counted(tx, key, level.OnHand-before.OnHand, at); err != nil {
			return err
		}
		changed, err := countedEntry(key, before, level, by, at)
		if err != nil {
			return err
		}
		return events.Append(tx, changed)
	})
}

// update loads a level under a row lock, lets change decide, and has it saved: all of that, or nothing.
func (s *Store) update(
	ctx context.Context, id uuid.UUID, place *uuid.UUID, change func(at inventory.Place, l *inventory.Level) error,
	save func(tx *gorm.DB, key inventory.StockKey, before, after inventory.Level) error,
) (inventory.StockKey, error) {
	key := inventory.StockKey{IngredientID: id}
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		there, err := find(tx, place)
		if err != nil {
			return err
		}
		key.LocationID = there.LocationID
		before, err := load(tx, key)
		if err != nil {
			return err
		}
		level := before
		if err := change(there, &level); err != nil {
			return err
		}
		return save(tx, key, before, level)
	})
	return key, err
}

// load reads a level. The ingredient is locked before it, so that the events of one ingredient take turns.
func load(tx *gorm.DB, key inventory.StockKey) (inventory.Level, error) {
	var level inventory.Level
	found := tx.Raw(`
		SELECT l.on_hand, l.reserved, l.sold_out_since, l.sold_out_until, l.sold_out_reason
		FROM public.ingredients AS g
		JOIN public.stock_levels AS l ON l.ingredient_id = g.id
		WHERE g.id = ? AND l.location_id = ?
		FOR NO KEY UPDATE OF g, l`, key.IngredientID, key.LocationID,
	).Find(&level)
	switch {
	case found.Error != nil:
		return inventory.Level{}, fmt.Errorf("load stock: %w", found.Error)
	case found.RowsAffected == 0:
		return inventory.Level{}, inventory.NotFound()
	}
	return level, nil
}

// find returns the location named, or the only one.
func find(tx *gorm.DB, place *uuid.UUID) (inventory.Place, error) {
	var rows []inventory.Place
	err := tx.Raw(`
		SELECT l.id AS location_id, l.time_zone, l.day_ends_at
		FROM public.locations AS l
		WHERE l.id = ?::uuid OR ?::uuid IS NULL
		LIMIT 2`, place, place).Find(&rows).Error
	if err != nil {
		return inventory.Place{}, fmt.Errorf("find the location: %w", err)
	}
	found := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		found[i] = row.LocationID
	}
	if _, err := location.Only(place, found); err != nil {
		return inventory.Place{}, err
	}
	return rows[0], nil
}
