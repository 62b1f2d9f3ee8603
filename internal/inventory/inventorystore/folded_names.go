package inventorystore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/text"
)

// folded is an ingredient as SQL reads it from JSON: it can't fold names itself, but by what its locale says.
type folded struct {
	inventory.Ingredient
	NameFolded string
}

func withFoldedNames(ingredients []inventory.Ingredient) []folded {
	all := make([]folded, len(ingredients))
	for i, one := range ingredients {
		all[i] = folded{one, text.FoldName(one.Name)}
	}
	return all
}

// foldNames folds the names of ingredients that servers of a version added which doesn't, before a new one is compared with
// them. Of two that are there already and turn out to be of one name, one stays as it is.
func foldNames(tx *gorm.DB) error {
	var rows []struct {
		ID   uuid.UUID
		Name string
	}
	err := tx.Raw(`
		SELECT g.id, g.name
		FROM public.ingredients AS g
		WHERE g.name_folded IS NULL
		ORDER BY g.created_at, g.id
		FOR NO KEY UPDATE`,
	).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("look for names that aren't folded: %w", err)
	}
	for _, row := range rows {
		name := text.FoldName(row.Name)
		err := tx.Exec(`
			UPDATE public.ingredients AS g
			SET name_folded = ?
			WHERE g.id = ? AND NOT EXISTS (
				SELECT FROM public.ingredients AS o
				WHERE o.id <> g.id AND coalesce(o.name_folded, lower(o.name)) = ?
			)`, name, row.ID, name,
		).Error
		if err != nil {
			return fmt.Errorf("fold a name: %w", err)
		}
	}
	return nil
}
