package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
)

// GetWhole is Get with the order's lines, totals and refunds.
func (s *Store) GetWhole(ctx context.Context, id uuid.UUID) (*ordering.Order, error) {
	state, err := loadWhole(s.db.WithContext(ctx), id, "")
	if err != nil {
		return nil, err
	}
	return ordering.Restore(state), nil
}

// UpdateWhole is Update with the order's lines, totals and refunds.
func (s *Store) UpdateWhole(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return s.inTx(ctx, func(tx *gorm.DB) (*ordering.Order, error) { return update(tx, id, loadWhole, change) })
}

// loadWhole loads what refunds are decided by. The order's lock keeps all of it as it is.
func loadWhole(db *gorm.DB, id uuid.UUID, lock string) (ordering.State, error) {
	state, err := load(db, id, lock)
	if err != nil {
		return ordering.State{}, err
	}
	totals := db.Raw(`
		SELECT
			o.subtotal_cents AS subtotal, o.discount_cents AS discount, o.delivery_fee_cents AS delivery_fee, o.tax_cents AS tax,
			o.tip_cents AS tip, o.total_cents AS total, o.tax_included
		FROM public.orders AS o
		WHERE o.id = ?`, id,
	).Find(&state.Totals)
	if totals.Error != nil {
		return ordering.State{}, fmt.Errorf("load totals: %w", totals.Error)
	}
	if state.Lines, err = loadLines(db, id); err != nil {
		return ordering.State{}, err
	}
	state.Refunds, err = loadRefunds(db, id)
	return state, err
}

func loadLines(db *gorm.DB, id uuid.UUID) ([]ordering.Line, error) {
	var rows []struct {
		ID             uuid.UUID
		Quantity       int
		UnitPriceCents int64
		DiscountCents  int64
		TaxCents       int64
		Ingredients    []menu.Ingredient `gorm:"serializer:json"`
	}
	err := db.Raw(`
		SELECT i.id, i.quantity, i.unit_price_cents, i.discount_cents, i.tax_cents, i.ingredients
		FROM public.order_items AS i
		WHERE i.order_id = ?
		ORDER BY i.line`, id,
	).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load lines: %w", err)
	}
	lines := make([]ordering.Line, len(rows))
	for i, r := range rows {
		lines[i] = ordering.Line{ID: r.ID, Quantity: r.Quantity, UnitPrice: r.UnitPriceCents, Discount: r.DiscountCents, Tax: r.TaxCents, Ingredients: r.Ingredients}
	}
	return lines, nil
}

type refundRow struct {
	ID               uuid.UUID
	OrderID          uuid.UUID
	AmountCents      int64
	GoodsCents       int64
	DeliveryFeeCents int64
	TipCents         int64
	Status           payment.RefundStatus
	Reason           string
	ActorRole        auth.ActorRole
	ActorID          *uuid.UUID
	ActorName        *string
	At               time.Time
	GatewayID        *string
	FailureCode      *string
	BurntKeys        int
	Supplement       int
	Changed          bool
}

func (refundRow) TableName() string { return "public.refunds" }

type refundLineRow struct {
	RefundID   uuid.UUID
	Line       int
	Quantity   int
	ValueCents int64
}

func (refundLineRow) TableName() string { return "public.refund_lines" }

func loadRefunds(db *gorm.DB, id uuid.UUID) ([]ordering.Refund, error) {
	var rows []refundRow
	if err := db.Where("order_id = ?", id).Order("at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load refunds: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var shares []refundLineRow
	err := db.Raw(`
		SELECT l.refund_id, l.line, l.quantity, l.value_cents
		FROM public.refund_lines AS l
		JOIN public.refunds AS r ON r.id = l.refund_id
		WHERE r.order_id = ?
		ORDER BY l.refund_id, l.line`, id,
	).Find(&shares).Error
	if err != nil {
		return nil, fmt.Errorf("load lines of refunds: %w", err)
	}
	refunds := make([]ordering.Refund, len(rows))
	for i, r := range rows {
		refunds[i] = ordering.Refund{
			ID: r.ID, Amount: r.AmountCents, Parts: ordering.Parts{Goods: r.GoodsCents, DeliveryFee: r.DeliveryFeeCents, Tip: r.TipCents},
			Status: r.Status, Reason: r.Reason, By: auth.Author{Role: r.ActorRole, ID: r.ActorID, Name: r.ActorName}, At: r.At,
			GatewayID: value(r.GatewayID), FailureCode: value(r.FailureCode), BurntKeys: r.BurntKeys,
			Supplement: r.Supplement, Changed: r.Changed,
		}
		for _, share := range shares {
			if share.RefundID == r.ID {
				refunds[i].Lines = append(refunds[i].Lines, ordering.RefundShare{Line: share.Line, Quantity: share.Quantity, Value: share.ValueCents})
			}
		}
	}
	return refunds, nil
}
