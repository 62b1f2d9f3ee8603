package inventorystore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// UpdateAvailability loads what a location, nil for the only one, has of an ingredient under a row lock, lets change decide, and
// saves whether it is available, with the reason in its event, if that has changed. It fails as Update does.
func (s *Store) UpdateAvailability(
	ctx context.Context, id uuid.UUID, place *uuid.UUID, by auth.Author, at time.Time, reason *string, change func(at inventory.Place, l *inventory.Level) error,
) (inventory.StockKey, error) {
	return s.update(ctx, id, place, change, func(tx *gorm.DB, key inventory.StockKey, before, level inventory.Level) error {
		if level.Same(before.Availability) {
			return nil
		}
		if err := saveAvailability(tx, key, level.Availability); err != nil {
			return err
		}
		changed, err := availabilityEntry(key, before, level, by, at, reason)
		if err != nil {
			return err
		}
		return events.Append(tx, changed)
	})
}

// saveAvailability stores what is said of a level that is locked. It counts as a change of the level: so that no generation of it
// has more versions than others.
func saveAvailability(tx *gorm.DB, key inventory.StockKey, a inventory.Availability) error {
	err := tx.Exec(`
		UPDATE public.stock_levels AS l
		SET sold_out_since = ?, sold_out_until = ?, sold_out_reason = ?, changes = l.changes + 1
		WHERE l.ingredient_id = ? AND l.location_id = ?`,
		a.SoldOutSince, a.SoldOutUntil, a.SoldOutReason, key.IngredientID, key.LocationID,
	).Error
	if err != nil {
		return fmt.Errorf("update availability: %w", err)
	}
	return nil
}

// endings is how many are read at once.
const endings = 100

// EndingBy lists what is sold out until a moment or before, the first of it first: a hundred of it.
func (s *Store) EndingBy(ctx context.Context, moment time.Time) ([]inventory.Ending, error) {
	var found []inventory.Ending
	err := s.db.WithContext(ctx).Raw(`
		SELECT l.ingredient_id, l.location_id, l.sold_out_until AS until
		FROM public.stock_levels AS l
		WHERE l.sold_out_since IS NOT NULL AND l.sold_out_until <= ?
		ORDER BY l.sold_out_until, l.location_id, l.ingredient_id
		LIMIT ?`, moment, endings,
	).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("read what is sold out: %w", err)
	}
	return found, nil
}
