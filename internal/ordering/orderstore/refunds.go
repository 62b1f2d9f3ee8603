package orderstore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/ordering"
)

// saveRefunds writes the refunds that are new or have changed, what they leave of the order's lines, and the stock that comes
// back with one. What a refund is of never changes.
func saveRefunds(tx *gorm.DB, order *ordering.Order) error {
	touched := order.TouchedRefunds()
	if len(touched) == 0 {
		return nil
	}
	id := order.State().ID
	for _, r := range touched {
		row := refundRowOf(id, r)
		update := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"status", "gateway_id", "failure_code", "burnt_keys"})}
		if err := tx.Clauses(update).Create(&row).Error; err != nil {
			return fmt.Errorf("write refund: %w", err)
		}
		if shares := refundLineRowsOf(r); len(shares) > 0 {
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&shares).Error; err != nil {
				return fmt.Errorf("write lines of refund: %w", err)
			}
		}
	}
	if err := sumUp(tx, id); err != nil {
		return err
	}
	needs, by := order.Returned()
	if len(needs) == 0 {
		return nil
	}
	if err := computeModels(tx); err != nil {
		return err
	}
	return inventorystore.Return(tx, inventorystore.Order{ID: id, LocationID: order.State().LocationID}, by, needs, order.Events()[0].At)
}

// sumUp writes to the order's lines what refunds that succeeded take of them. The sales are net of it.
func sumUp(tx *gorm.DB, id uuid.UUID) error {
	err := tx.Exec(`
		UPDATE public.order_items AS i
		SET refunded_quantity = s.quantity, refunded_cents = s.value_cents
		FROM (
			SELECT n.line, coalesce(sum(l.quantity), 0) AS quantity, coalesce(sum(l.value_cents), 0) AS value_cents
			FROM public.order_items AS n
			LEFT JOIN (
				public.refund_lines AS l
				JOIN public.refunds AS r ON r.id = l.refund_id AND r.order_id = ? AND r.status = 'SUCCEEDED'
			) ON l.line = n.line
			WHERE n.order_id = ?
			GROUP BY n.line
		) AS s
		WHERE i.order_id = ? AND i.line = s.line AND (i.refunded_quantity, i.refunded_cents) <> (s.quantity, s.value_cents)`, id, id, id,
	).Error
	if err != nil {
		return fmt.Errorf("update order items: %w", err)
	}
	return nil
}

func refundRowOf(order uuid.UUID, r ordering.Refund) refundRow {
	return refundRow{
		ID: r.ID, OrderID: order, AmountCents: r.Amount, GoodsCents: r.Parts.Goods, DeliveryFeeCents: r.Parts.DeliveryFee, TipCents: r.Parts.Tip,
		Status: r.Status, Reason: r.Reason, ActorRole: r.By.Role, ActorID: r.By.ID, ActorName: r.By.Name, At: r.At,
		GatewayID: optional(r.GatewayID), FailureCode: optional(r.FailureCode), BurntKeys: r.BurntKeys,
		Supplement: r.Supplement, Changed: r.Changed,
	}
}

func refundLineRowsOf(r ordering.Refund) []refundLineRow {
	rows := make([]refundLineRow, len(r.Lines))
	for i, share := range r.Lines {
		rows[i] = refundLineRow{RefundID: r.ID, Line: share.Line, Quantity: share.Quantity, ValueCents: share.Value}
	}
	return rows
}
