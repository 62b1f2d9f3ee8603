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
// if there are any, the caller rolls back.
func Reserve(tx *gorm.DB, orderID uuid.UUID, needs map[uuid.UUID]int64, at time.Time) ([]uuid.UUID, error) {
	if len(needs) == 0 {
		return nil, nil
	}
	differences := make([]difference, 0, len(needs))
	for id, quantity := range needs {
		differences = append(differences, difference{IngredientID: id, Reserved: quantity})
	}
	taken, err := move(tx, cause{Kind: "RESERVED", OrderID: &orderID}, differences, at)
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

// Return puts what an order was handed over back into stock, with a refund.
func Return(tx *gorm.DB, orderID, refundID uuid.UUID, amounts map[uuid.UUID]int64, at time.Time) error {
	differences := make([]difference, 0, len(amounts))
	for id, quantity := range amounts {
		differences = append(differences, difference{IngredientID: id, OnHand: quantity})
	}
	if _, err := move(tx, cause{Kind: "RETURNED", OrderID: &orderID, RefundID: &refundID}, differences, at); err != nil {
		return fmt.Errorf("return stock: %w", err)
	}
	return nil
}

// end ends an order's reservation. onHandFactor is 1 if the reserved stock was used up, 0 if it is free again.
func end(tx *gorm.DB, orderID uuid.UUID, kind string, onHandFactor int64, at time.Time) error {
	err := tx.Exec(`
		INSERT INTO public.stock_movements (ingredient_id, order_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, ?, ?, c.on_hand, c.reserved, ?
		FROM public.change_stock((
			SELECT json_agg(json_build_object(
				'ingredient_id', m.ingredient_id, 'on_hand', -m.reserved * ?::bigint, 'reserved', -m.reserved
			))
			FROM public.stock_movements AS m
			WHERE m.order_id = ? AND m.kind = 'RESERVED'
		)) AS c`,
		orderID, kind, at, onHandFactor, orderID,
	).Error
	if err != nil {
		return fmt.Errorf("%s stock: %w", kind, err)
	}
	return nil
}

// cause is why stock moves. The ids are nil if no order, or no refund, is the reason.
type cause struct {
	Kind              string
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
		INSERT INTO public.stock_movements (ingredient_id, order_id, refund_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, ?::uuid, ?::uuid, ?, c.on_hand, c.reserved, ?
		FROM public.change_stock(?::json) AS c
		RETURNING ingredient_id`,
		why.OrderID, why.RefundID, why.Kind, at, string(document),
	).Find(&moved).Error
	return moved, err
}

// counted records the movement that explains a difference found by counting.
func counted(tx *gorm.DB, id uuid.UUID, found int, at time.Time) error {
	if found == 0 {
		return nil
	}
	moved, err := move(tx, cause{Kind: "COUNTED"}, []difference{{IngredientID: id, OnHand: int64(found)}}, at)
	switch {
	case err != nil:
		return fmt.Errorf("count stock: %w", err)
	case len(moved) == 0:
		return fmt.Errorf("count stock: %s holds less than is promised", id)
	}
	return nil
}
