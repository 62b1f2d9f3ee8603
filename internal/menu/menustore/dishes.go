package menustore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
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
	Allergens          postgres.Texts[inventory.Allergen]
	Groups             []menu.DishGroup   `gorm:"serializer:json"`
	Halves             *menu.HalvesPolicy `gorm:"serializer:json"`
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
			) AS recipe,
			m.allergens || ARRAY(
				SELECT unnest(i.allergens)
				FROM public.recipes AS r
				JOIN public.ingredients AS i ON i.id = r.ingredient_id
				WHERE r.menu_item_id = m.id
			) AS allergens,
			`+groupsSQL+` AS groups,
			CASE WHEN m.halves_sizes <> '{}' THEN json_build_object(
				'basePrice', m.halves_base_price, 'toppingPercent', m.halves_topping_percent, 'splitCharge', m.halves_split_charge,
				'sizes', to_json(m.halves_sizes)
			) END AS halves
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
			Allergens: inventory.Together(row.Allergens), Groups: row.Groups, Halves: row.Halves,
		}
	}
	return dishes, nil
}

// groupsSQL lists what can be chosen for the item m, on its terms.
const groupsSQL = `(
	SELECT json_agg(
		json_build_object(
			'id', g.id, 'name', g.name, 'min', coalesce(l.min, g.min),
			'max', greatest(coalesce(l.max, g.max), CASE WHEN coalesce(l.max, g.max) IS NOT NULL THEN coalesce(l.min, g.min) END),
			'freeUpTo', coalesce(l.free_up_to, g.free_up_to), 'halves', g.halves,
			'light', CASE WHEN g.light_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.light_price, 'doseBasisPoints', g.light_dose) END,
			'extra', CASE WHEN g.extra_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.extra_price, 'doseBasisPoints', g.extra_dose) END,
			'options', (
				SELECT json_agg(
					json_build_object(
						'id', o.id, 'name', o.name, 'isDefault', coalesce(o.id = ANY (l.default_option_ids), o.is_default), 'ingredientId', o.ingredient_id,
						'allergens', o.allergens || coalesce(i.allergens, '{}'),
						'prices', (
							SELECT json_agg(json_build_object('size', p.size, 'price', p.price_cents, 'dose', p.dose))
							FROM public.menu_option_prices AS p
							WHERE p.option_id = o.id
						)
					)
					ORDER BY o.position, o.id
				)
				FROM public.menu_options AS o
				LEFT JOIN public.ingredients AS i ON i.id = o.ingredient_id
				WHERE o.group_id = g.id AND (l.option_ids IS NULL OR o.id = ANY (l.option_ids))
			)
		)
		ORDER BY l.position, l.group_id
	)
	FROM public.menu_item_option_groups AS l
	JOIN public.option_groups AS g ON g.id = l.group_id
	WHERE l.menu_item_id = m.id AND g.archived_at IS NULL
)`

func list(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return strings.Join(texts, ",")
}
