package orderstore

import (
	"fmt"

	"gorm.io/gorm"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/promotion/promotionstore"
)

// save writes what changed, and nothing if nothing did. The order's ticket follows.
func save(tx *gorm.DB, before ordering.State, order *ordering.Order) error {
	if err := saveAmendment(tx, order); err != nil {
		return err
	}
	if err := followTickets(tx, order); err != nil {
		return err
	}
	return saveMoved(tx, before, order)
}

// saveMoved is save where the ticket has gone ahead.
func saveMoved(tx *gorm.DB, before ordering.State, order *ordering.Order) error {
	after := order.State()
	if len(order.Events()) > 0 {
		if err := saveMove(tx, order); err != nil {
			return err
		}
	}
	if after.Payment != before.Payment {
		paid := paymentRowOf(after)
		if err := tx.Model(&paid).Select("*").Where("order_id = ?", after.ID).Updates(&paid).Error; err != nil {
			return fmt.Errorf("update payment: %w", err)
		}
	}
	if err := saveSupplements(tx, before, after); err != nil {
		return err
	}
	if net := after.Payment.Refunded - after.Payment.Changed; net != before.Payment.Refunded-before.Payment.Changed {
		if err := tx.Exec(`UPDATE public.orders AS o SET refunded_cents = ? WHERE o.id = ?`, net, after.ID).Error; err != nil {
			return fmt.Errorf("update order: %w", err)
		}
	}
	if err := saveRefunds(tx, order); err != nil {
		return err
	}
	return moveStock(tx, order)
}

func moveStock(tx *gorm.DB, order *ordering.Order) error {
	move := inventorystore.Release
	switch order.StockChange() {
	case ordering.StockUnchanged, ordering.StockReserved:
		return amendStock(tx, order)
	case ordering.StockConsumed:
		move = inventorystore.Consume
	case ordering.StockReleased:
		if err := promotionstore.Release(tx, order.State().ID, order.Events()[0].At); err != nil {
			return err
		}
	}
	if err := computeModels(tx); err != nil {
		return err
	}
	return move(tx, order.State().ID, order.Events()[0].At)
}

// computeModels brings what the order is in up to date before the ingredients are locked, which would else happen at the
// commit: all orders wait for the same few ingredients. Dishes that the stock makes available, or not, are computed at the
// commit: two orders could else hold a dish and an ingredient that the other needs next.
func computeModels(tx *gorm.DB) error {
	if err := tx.Exec(`SELECT readmodel.compute_now()`).Error; err != nil {
		return fmt.Errorf("compute read models: %w", err)
	}
	return nil
}
