package inventorystore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/postgres"
)

// AddMissing adds those ingredients that are not there yet, by id or by name, each with the movement that explains its
// stock; the others stay as they are. It returns the id under which each one is there now, by the id it was given.
func (s *Store) AddMissing(ctx context.Context, wanted []inventory.Ingredient, at time.Time) (map[uuid.UUID]uuid.UUID, error) {
	document, err := json.Marshal(wanted)
	if err != nil {
		return nil, fmt.Errorf("write ingredients: %w", err)
	}
	var found []struct{ Wanted, There uuid.UUID }
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		err := tx.Exec(`
			WITH added AS (
				INSERT INTO public.ingredients (id, name, on_hand, low_threshold, created_at)
				SELECT w."ID", w."Name", w."OnHand", w."LowThreshold", ?
				FROM json_to_recordset(?::json) AS w ("ID" uuid, "Name" text, "OnHand" bigint, "LowThreshold" bigint)
				ON CONFLICT DO NOTHING
				RETURNING id, on_hand
			)
			INSERT INTO public.stock_movements (ingredient_id, kind, on_hand, reserved, at)
			SELECT a.id, 'COUNTED', a.on_hand, 0, ?
			FROM added AS a
			WHERE a.on_hand > 0`, at, string(document), at,
		).Error
		if err != nil {
			return fmt.Errorf("insert ingredients: %w", err)
		}
		return tx.Raw(`
			SELECT DISTINCT ON (w."ID") w."ID" AS wanted, g.id AS there
			FROM json_to_recordset(?::json) AS w ("ID" uuid, "Name" text)
			JOIN public.ingredients AS g ON g.id = w."ID" OR lower(g.name) = lower(w."Name")
			ORDER BY w."ID", (g.id = w."ID") DESC`, string(document),
		).Find(&found).Error
	})
	if err != nil {
		return nil, fmt.Errorf("add missing ingredients: %w", err)
	}
	there := make(map[uuid.UUID]uuid.UUID, len(found))
	for _, f := range found {
		there[f.Wanted] = f.There
	}
	return there, nil
}
