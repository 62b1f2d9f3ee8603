// Package inventorystore keeps ingredients and their stock in Postgres.
package inventorystore

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Reserve promises the amounts to the order, in the caller's transaction, and returns the ingredients that don't reach;
// if there are any, the caller rolls back. Ingredients are locked in the order of their ids, so that two orders never
// wait for each other, and taken by a condition on the row itself: nobody decides on a number read earlier.
func Reserve(tx *gorm.DB, orderID uuid.UUID, needs map[uuid.UUID]int64, at time.Time) ([]uuid.UUID, error) {
	if len(needs) == 0 {
		return nil, nil
	}
	amounts, err := json.Marshal(needs)
	if err != nil {
		return nil, fmt.Errorf("reserve stock: %w", err)
	}
	var taken []uuid.UUID
	err = tx.Raw(`
		WITH need AS MATERIALIZED (
			SELECT g.id, n.quantity::bigint AS quantity
			FROM json_each_text(?::json) AS n (id, quantity)
			JOIN public.ingredients AS g ON g.id = n.id::uuid
			ORDER BY g.id
			FOR NO KEY UPDATE OF g
		),
		taken AS (
			UPDATE public.ingredients AS g
			SET reserved = g.reserved + need.quantity
			FROM need
			WHERE g.id = need.id AND g.on_hand - g.reserved >= need.quantity
			RETURNING g.id, need.quantity
		)
		INSERT INTO public.stock_movements (ingredient_id, order_id, kind, on_hand, reserved, at)
		SELECT t.id, ?, 'RESERVED', 0, t.quantity, ?
		FROM taken AS t
		RETURNING ingredient_id`,
		string(amounts), orderID, at,
	).Find(&taken).Error
	if err != nil {
		return nil, fmt.Errorf("reserve stock: %w", err)
	}
	return slices.DeleteFunc(slices.Collect(maps.Keys(needs)), func(id uuid.UUID) bool { return slices.Contains(taken, id) }), nil
}

// Release gives back what the order holds.
func Release(tx *gorm.DB, orderID uuid.UUID, at time.Time) error {
	return end(tx, orderID, "RELEASED", 0, at)
}

// Consume takes what the order holds off the shelf: it has been eaten.
func Consume(tx *gorm.DB, orderID uuid.UUID, at time.Time) error {
	return end(tx, orderID, "CONSUMED", 1, at)
}

// end settles an order's reservation. `eaten` is 1 if the stock is gone, 0 if it is free again.
func end(tx *gorm.DB, orderID uuid.UUID, kind string, eaten int, at time.Time) error {
	err := tx.Exec(`
		WITH held AS MATERIALIZED (
			SELECT g.id, m.reserved
			FROM public.stock_movements AS m
			JOIN public.ingredients AS g ON g.id = m.ingredient_id
			WHERE m.order_id = ? AND m.kind = 'RESERVED'
			ORDER BY g.id
			FOR NO KEY UPDATE OF g
		),
		freed AS (
			UPDATE public.ingredients AS g
			SET reserved = g.reserved - held.reserved, on_hand = g.on_hand - held.reserved * ?::integer
			FROM held
			WHERE g.id = held.id
			RETURNING g.id, held.reserved
		)
		INSERT INTO public.stock_movements (ingredient_id, order_id, kind, on_hand, reserved, at)
		SELECT f.id, ?, ?, -f.reserved * ?::integer, -f.reserved, ?
		FROM freed AS f`,
		orderID, eaten, orderID, kind, eaten, at,
	).Error
	if err != nil {
		return fmt.Errorf("%s stock: %w", kind, err)
	}
	return nil
}
