package inventorystore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Short tells which of the ingredients don't reach at a location, or are sold out there, as it is now. Nothing is held.
func (s *Store) Short(ctx context.Context, at uuid.UUID, now time.Time, needs map[uuid.UUID]int64) ([]uuid.UUID, error) {
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
		WHERE n.value::bigint > 0 AND (
			coalesce(l.on_hand - l.reserved, 0) < n.value::bigint OR NOT public.sold_at(?, l.sold_out_since, l.sold_out_until)
		)`, string(list), at, now,
	).Find(&short).Error
	if err != nil {
		return nil, fmt.Errorf("look at stock levels: %w", err)
	}
	return short, nil
}
