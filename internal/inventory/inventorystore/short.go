package inventorystore

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// Short tells which of the ingredients don't reach at a location at the moment. Nothing is held.
func (s *Store) Short(ctx context.Context, at uuid.UUID, needs map[uuid.UUID]int64) ([]uuid.UUID, error) {
	if len(needs) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(needs)
	if err != nil {
		return nil, fmt.Errorf("list ingredients: %w", err)
	}
	var short []uuid.UUID
	err = s.db.WithContext(ctx).Raw(`
		SELECT n.key::uuid
		FROM json_each_text(?::json) AS n
		LEFT JOIN public.stock_levels AS l ON l.ingredient_id = n.key::uuid AND l.location_id = ?
		WHERE coalesce(l.on_hand - l.reserved, 0) < n.value::bigint`, string(list), at,
	).Find(&short).Error
	if err != nil {
		return nil, fmt.Errorf("look at stock levels: %w", err)
	}
	return short, nil
}
