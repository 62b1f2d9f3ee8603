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

	"pizzeria/internal/inventory"
)

// Reserve promises the amounts to the order, in the caller's transaction and of its location's stock, and returns the
// ingredients that don't reach, or are sold out at the time of the order; if there are any, the caller rolls back.
func Reserve(tx *gorm.DB, order Order, needs map[uuid.UUID]int64, at time.Time) ([]uuid.UUID, error) {
	if len(needs) == 0 {
		return nil, nil
	}
	differences := make([]difference, 0, len(needs))
	for id, quantity := range needs {
		differences = append(differences, difference{IngredientID: id, LocationID: order.LocationID, Reserved: quantity, At: &at})
	}
	taken, err := move(tx, cause{Kind: "RESERVED", LocationID: order.LocationID, OrderID: &order.ID}, differences, at)
	if err != nil {
		return nil, fmt.Errorf("reserve stock: %w", err)
	}
	return slices.DeleteFunc(slices.Collect(maps.Keys(needs)), func(id uuid.UUID) bool { return slices.Contains(taken, id) }), nil
}

// Release gives back what the order holds.
func Release(tx *gorm.DB, orderID uuid.UUID, at time.Time) error {
	return end(tx, orderID, "RELEASED", 0, at)
}

// Consume takes what the order holds out of the stock on hand.
func Consume(tx *gorm.DB, orderID uuid.UUID, at time.Time) error {
	return end(tx, orderID, "CONSUMED", 1, at)
}

// Return puts what an order was handed over back into its location's stock, with a refund.
func Return(tx *gorm.DB, order Order, refundID uuid.UUID, amounts map[uuid.UUID]int64, at time.Time) error {
	differences := make([]difference, 0, len(amounts))
	for id, quantity := range amounts {
		differences = append(differences, difference{IngredientID: id, LocationID: order.LocationID, OnHand: quantity})
	}
	why := cause{Kind: "RETURNED", LocationID: order.LocationID, OrderID: &order.ID, RefundID: &refundID}
	if _, err := move(tx, why, differences, at); err != nil {
		return fmt.Errorf("return stock: %w", err)
	}
	return nil
}

// end ends an order's reservation, wherever that was made. onHandFactor is 1 if the reserved stock was used up, 0 if it is
// free again.
func end(tx *gorm.DB, orderID uuid.UUID, kind string, onHandFactor int64, at time.Time) error {
	err := tx.Exec(`
		WITH held AS MATERIALIZED (
			SELECT m.ingredient_id, m.location_id, m.reserved
			FROM public.stock_movements AS m
			WHERE m.order_id = ? AND m.kind = 'RESERVED'
		)
		INSERT INTO public.stock_movements (ingredient_id, location_id, order_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, h.location_id, ?, ?, c.on_hand, c.reserved, ?
		FROM public.change_stock((
			SELECT json_agg(json_build_object(
				'ingredient_id', h.ingredient_id, 'location_id', h.location_id, 'on_hand', -h.reserved * ?::bigint, 'reserved', -h.reserved
			))
			FROM held AS h
		)) AS c
		JOIN held AS h ON h.ingredient_id = c.ingredient_id`,
		orderID, orderID, kind, at, onHandFactor,
	).Error
	if err != nil {
		return fmt.Errorf("%s stock: %w", kind, err)
	}
	return nil
}

// Order says which order moves stock, and where it is cooked.
type Order struct{ ID, LocationID uuid.UUID }

// cause is why stock moves, and where. The ids are nil if no order, or no refund, is the reason.
type cause struct {
	Kind              string
	LocationID        uuid.UUID
	OrderID, RefundID *uuid.UUID
}

// move changes the levels with the movements that explain it, and returns the ingredients that reached.
func move(tx *gorm.DB, why cause, differences []difference, at time.Time) ([]uuid.UUID, error) {
	document, err := json.Marshal(differences)
	if err != nil {
		return nil, fmt.Errorf("write differences: %w", err)
	}
	var moved []uuid.UUID
	err = tx.Raw(`
		INSERT INTO public.stock_movements (ingredient_id, location_id, order_id, refund_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, ?::uuid, ?::uuid, ?::uuid, ?, c.on_hand, c.reserved, ?
		FROM public.change_stock(?::json) AS c
		RETURNING ingredient_id`,
		why.LocationID, why.OrderID, why.RefundID, why.Kind, at, string(document),
	).Find(&moved).Error
	return moved, err
}

// counted records the movement that explains a difference found by counting.
func counted(tx *gorm.DB, where inventory.StockKey, units int, at time.Time) error {
	if units == 0 {
		return nil
	}
	found := difference{IngredientID: where.IngredientID, LocationID: where.LocationID, OnHand: int64(units)}
	moved, err := move(tx, cause{Kind: "COUNTED", LocationID: where.LocationID}, []difference{found}, at)
	switch {
	case err != nil:
		return fmt.Errorf("count stock: %w", err)
	case len(moved) == 0:
		return fmt.Errorf("count stock: %v holds less than is promised", where)
	}
	return nil
}
