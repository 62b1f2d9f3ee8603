package inventorystore

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
)

// Quote says which quote holds stock, and where it would be cooked.
type Quote struct{ ID, LocationID uuid.UUID }

// Hold promises the amounts to a quote, in the caller's transaction, and gives back what the quotes hold that it replaces: both in
// one go, so that levels are locked once and in order. It returns the ingredients that don't reach, or are sold out, of which it
// would hold more than those do; if there are any, the caller rolls back.
func Hold(tx *gorm.DB, quote Quote, needs map[uuid.UUID]int64, replaced []uuid.UUID, at time.Time) (short []uuid.UUID, err error) {
	net, err := takeBack(tx, replaced)
	if err != nil {
		return nil, err
	}
	held := make([]difference, 0, len(needs))
	for id, quantity := range needs {
		held = append(held, difference{IngredientID: id, LocationID: quote.LocationID, Reserved: quantity})
		net[inventory.StockKey{IngredientID: id, LocationID: quote.LocationID}] += quantity
	}
	reached, err := changeReserved(tx, net, &at)
	if err != nil {
		return nil, err
	}
	for _, d := range held {
		if net[inventory.StockKey{IngredientID: d.IngredientID, LocationID: d.LocationID}] > 0 && !reached[d.IngredientID] {
			short = append(short, d.IngredientID)
		}
	}
	if len(short) > 0 || len(held) == 0 {
		return short, nil
	}
	document, err := json.Marshal(held)
	if err != nil {
		return nil, fmt.Errorf("write differences: %w", err)
	}
	err = tx.Exec(`
		INSERT INTO public.stock_movements (ingredient_id, location_id, quote_id, kind, on_hand, reserved, at)
		SELECT d.ingredient_id, d.location_id, ?::uuid, 'HELD', 0, d.reserved, ?
		FROM json_to_recordset(?::json) AS d (ingredient_id uuid, location_id uuid, reserved bigint)`, quote.ID, at, string(document)).Error
	if err != nil {
		return nil, fmt.Errorf("hold stock: %w", err)
	}
	return nil, nil
}

// GiveBack returns what quotes hold that end without an order, in the caller's transaction.
func GiveBack(tx *gorm.DB, quotes []uuid.UUID) error {
	net, err := takeBack(tx, quotes)
	if err == nil {
		_, err = changeReserved(tx, net, nil)
	}
	return err
}

// Amend has an order hold other amounts than before, in the caller's transaction, and returns the ingredients that don't
// reach; if there are any, the caller rolls back.
func Amend(tx *gorm.DB, order Order, needs map[uuid.UUID]int64, at time.Time) (short []uuid.UUID, err error) {
	var held []difference
	err = tx.Raw(`
		DELETE FROM public.stock_movements AS m
		WHERE m.order_id = ? AND m.kind = 'RESERVED'
		RETURNING m.ingredient_id, m.location_id, m.reserved`, order.ID).Find(&held).Error
	if err != nil {
		return nil, fmt.Errorf("take back what an order holds: %w", err)
	}
	net := map[inventory.StockKey]int64{}
	for _, h := range held {
		net[inventory.StockKey{IngredientID: h.IngredientID, LocationID: h.LocationID}] -= h.Reserved
	}
	for id, quantity := range needs {
		net[inventory.StockKey{IngredientID: id, LocationID: order.LocationID}] += quantity
	}
	reached, err := changeReserved(tx, net, &at)
	if err != nil {
		return nil, err
	}
	differences := make([]difference, 0, len(needs))
	for id, quantity := range needs {
		if net[inventory.StockKey{IngredientID: id, LocationID: order.LocationID}] > 0 && !reached[id] {
			short = append(short, id)
		}
		differences = append(differences, difference{IngredientID: id, LocationID: order.LocationID, Reserved: quantity})
	}
	if len(short) > 0 || len(differences) == 0 {
		return short, nil
	}
	document, err := json.Marshal(differences)
	if err != nil {
		return nil, fmt.Errorf("write differences: %w", err)
	}
	err = tx.Exec(`
		INSERT INTO public.stock_movements (ingredient_id, location_id, order_id, kind, on_hand, reserved, at)
		SELECT d.ingredient_id, d.location_id, ?::uuid, 'RESERVED', 0, d.reserved, ?
		FROM json_to_recordset(?::json) AS d (ingredient_id uuid, location_id uuid, reserved bigint)`, order.ID, at, string(document)).Error
	if err != nil {
		return nil, fmt.Errorf("reserve other stock: %w", err)
	}
	return nil, nil
}

// TakeOver makes what a quote holds the reservation of its order, in the caller's transaction. No level changes.
func TakeOver(tx *gorm.DB, quote, order uuid.UUID, at time.Time) error {
	err := tx.Exec(`
		UPDATE public.stock_movements AS m SET kind = 'RESERVED', order_id = ?, quote_id = NULL, at = ? WHERE m.quote_id = ?`, order, at, quote).Error
	if err != nil {
		return fmt.Errorf("take stock over from a quote: %w", err)
	}
	return nil
}

// takeBack removes the movements of quotes, and returns the differences that this makes. The levels are the caller's to change.
func takeBack(tx *gorm.DB, quotes []uuid.UUID) (map[inventory.StockKey]int64, error) {
	net := map[inventory.StockKey]int64{}
	if len(quotes) == 0 {
		return net, nil
	}
	var rows []difference
	err := tx.Raw(`
		DELETE FROM public.stock_movements AS m WHERE m.quote_id IN ? RETURNING m.ingredient_id, m.location_id, m.reserved`, quotes).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("take back what quotes hold: %w", err)
	}
	for _, r := range rows {
		net[inventory.StockKey{IngredientID: r.IngredientID, LocationID: r.LocationID}] -= r.Reserved
	}
	return net, nil
}

// changeReserved changes levels, as of a moment if more is to be reserved, and returns the ingredients of which more is
// reserved now.
func changeReserved(tx *gorm.DB, net map[inventory.StockKey]int64, at *time.Time) (reached map[uuid.UUID]bool, err error) {
	differences := make([]difference, 0, len(net))
	for key, reserved := range net {
		if reserved != 0 {
			differences = append(differences, difference{IngredientID: key.IngredientID, LocationID: key.LocationID, Reserved: reserved, At: at})
		}
	}
	if len(differences) == 0 {
		return nil, nil
	}
	document, err := json.Marshal(differences)
	if err != nil {
		return nil, fmt.Errorf("write differences: %w", err)
	}
	var more []uuid.UUID
	err = tx.Raw(`SELECT c.ingredient_id FROM public.change_stock(?::json) AS c WHERE c.reserved > 0`, string(document)).Find(&more).Error
	if err != nil {
		return nil, fmt.Errorf("change what is reserved: %w", err)
	}
	reached = make(map[uuid.UUID]bool, len(more))
	for _, id := range more {
		reached[id] = true
	}
	return reached, nil
}
