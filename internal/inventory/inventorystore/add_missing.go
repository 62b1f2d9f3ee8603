package inventorystore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// AddMissing adds those ingredients that are not there yet, by id or by name, each with the movements that explain its
// stock; the others stay as they are. It returns the id under which each one is there now, by the id it was given.
func (s *Store) AddMissing(ctx context.Context, wanted []inventory.Ingredient, at time.Time) (map[uuid.UUID]uuid.UUID, error) {
	document, err := json.Marshal(withFoldedNames(wanted))
	if err != nil {
		return nil, fmt.Errorf("write ingredients: %w", err)
	}
	var found []struct{ Wanted, There uuid.UUID }
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := foldNames(tx); err != nil {
			return err
		}
		var added []uuid.UUID
		err := tx.Raw(`
			INSERT INTO public.ingredients (id, name, name_folded, low_threshold, allergens, diet, created_at)
			SELECT w."ID", w."Name", w."NameFolded", w."LowThreshold", coalesce(w."Allergens", '{}'), w."Diet", ?
			FROM json_to_recordset(?::json) AS w ("ID" uuid, "Name" text, "NameFolded" text, "LowThreshold" bigint, "Allergens" text[], "Diet" text)
			ON CONFLICT DO NOTHING
			RETURNING id`, at, string(document),
		).Find(&added).Error
		if err != nil {
			return fmt.Errorf("insert ingredients: %w", err)
		}
		var entries []events.Entry
		for _, ingredient := range wanted {
			if !slices.Contains(added, ingredient.ID) {
				continue
			}
			if err := countFirst(tx, ingredient, at); err != nil {
				return err
			}
			added, err := addedEntry(ingredient, auth.System().Author(), at)
			if err != nil {
				return err
			}
			entries = append(entries, added)
		}
		if err := events.Append(tx, entries...); err != nil {
			return err
		}
		return tx.Raw(`
			SELECT DISTINCT ON (w."ID") w."ID" AS wanted, g.id AS there
			FROM json_to_recordset(?::json) AS w ("ID" uuid, "NameFolded" text)
			JOIN public.ingredients AS g ON g.id = w."ID" OR coalesce(g.name_folded, lower(g.name)) = w."NameFolded"
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
