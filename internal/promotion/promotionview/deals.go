package promotionview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/postgres"
)

// Deal is a promotion as customers are told of it: one row of public.deal_view.
type Deal struct {
	ID         uuid.UUID // the promotion's
	Name       string
	Code       *string
	Reward     pricing.Reward
	Conditions pricing.Conditions
}

// Deals asks for what a location advertises now, the highest priority first. They are everybody's to see.
type Deals struct{ LocationID uuid.UUID }

// mostDeals bounds what a page of the menu carries.
const mostDeals = 20

// DealsHandler handles Deals.
type DealsHandler struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
}

// Handle reads the rows.
func (h *DealsHandler) Handle(ctx context.Context, q Deals) ([]*Deal, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	now := h.Now()
	rows, _ := h.Pool.Query(ctx, `
		SELECT d.id, d.name, d.code, d.reward, d.conditions, d.starts_at, d.ends_at, d.max_uses, d.max_uses_by_customer
		FROM public.deal_view AS d
		WHERE d.location_id = $1 AND coalesce(d.starts_at, '-infinity') <= $2 AND coalesce(d.ends_at, 'infinity') > $2
		ORDER BY d.priority DESC, d.created_at, d.id
		LIMIT $3`, q.LocationID, now, mostDeals)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Deal, error) {
		var d Deal
		err := row.Scan(append([]any{&d.ID, &d.Name, &d.Code, &d.Reward}, conditionsOf(&d.Conditions)...)...)
		return &d, err
	})
	if err != nil {
		return nil, fmt.Errorf("read deals: %w", err)
	}
	return all, nil
}
