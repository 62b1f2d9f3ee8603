package orderview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/auth"
	"pizzeria/internal/postgres"
)

// columns of public.order_view, named so that a view recreated with more of them breaks nothing.
const columns = `id, number, version, status, fulfillment, customer_id, customer_name, customer_phone, delivery_address,
	items, items_count, subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, payment,
	timeline, special_instructions, placed_at, estimated_ready_at, estimated_delivery_at`

// ByID asks for one order in full; nil if there is none that the actor may see.
type ByID struct {
	ID uuid.UUID
	By auth.Actor
}

// ByIDHandler handles ByID.
type ByIDHandler struct{ DB *gorm.DB }

// Handle reads one row.
func (h *ByIDHandler) Handle(ctx context.Context, q ByID) (*Order, error) {
	found, err := h.Orders(ctx, []uuid.UUID{q.ID})
	if err != nil || len(found) == 0 || !q.By.MaySee(found[0].CustomerID) {
		return nil, err
	}
	return found[0], nil
}

// Orders reads the orders named, in no particular order; those that don't exist are left out.
func (h *ByIDHandler) Orders(ctx context.Context, ids []uuid.UUID) ([]*Order, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	var found []*Order
	err := h.DB.WithContext(ctx).Raw(`SELECT `+columns+` FROM public.order_view WHERE id IN ?`, ids).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	return found, nil
}
