package menustore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

type dishRow struct {
	ID                 uuid.UUID
	Name               string
	Category           string
	IsPizza            bool
	TaxCategory        location.TaxCategory
	IsAvailable        bool
	PreparationMinutes int
	Prices             map[menu.Size]int64 `gorm:"serializer:json"`
	Recipe             []menu.Ingredient   `gorm:"serializer:json"`
}

// Dishes reads what can be ordered at a location, as it is now, from the tables that are the truth. Archived and unknown items
// are left out. The ids are one text, so that however many there are, it is one prepared statement; the sub-select hides it
// from the planner, which would otherwise plan anew for every order: that takes longer than the reading.
func (s *Store) Dishes(ctx context.Context, at uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]menu.Dish, error) {
	if len(ids) == 0 {
		return map[uuid.UUID]menu.Dish{}, nil
	}
	var rows []dishRow
	err := s.db.WithContext(ctx).Raw(`
		SELECT
			m.id, m.name, m.category, m.is_pizza, m.tax_category, coalesce(o.is_available, m.is_available) AS is_available, m.preparation_minutes,
			(
				SELECT json_object_agg(p.size, coalesce(own.price_cents, p.price_cents))
				FROM public.menu_item_prices AS p
				LEFT JOIN public.menu_item_location_prices AS own
					ON own.menu_item_id = p.menu_item_id AND own.location_id = o.location_id AND own.size = p.size
				WHERE p.menu_item_id = m.id
			) AS prices,
			(
				SELECT json_agg(json_build_object('ingredientId', r.ingredient_id, 'quantity', r.quantity))
				FROM public.recipes AS r
				WHERE r.menu_item_id = m.id
			) AS recipe
		FROM public.menu_items AS m
		LEFT JOIN public.menu_item_locations AS o ON o.menu_item_id = m.id AND o.location_id = ?
		WHERE m.id = ANY ((SELECT string_to_array(?, ','))::uuid[]) AND m.archived_at IS NULL`, at, list(ids),
	).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read dishes: %w", err)
	}
	dishes := make(map[uuid.UUID]menu.Dish, len(rows))
	for _, row := range rows {
		dishes[row.ID] = menu.Dish{
			ID: row.ID, Name: row.Name, Category: row.Category, IsPizza: row.IsPizza, TaxCategory: row.TaxCategory, Available: row.IsAvailable,
			Preparation: time.Duration(row.PreparationMinutes) * time.Minute, Prices: row.Prices, Recipe: row.Recipe,
		}
	}
	return dishes, nil
}

func list(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return strings.Join(texts, ",")
}
