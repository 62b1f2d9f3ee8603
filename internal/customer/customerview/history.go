// Package customerview is the read side of customers: what they bought, and which of their sessions are alive.
package customerview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

// CustomerHistory asks for the sums of what one customer bought. Orders count from their confirmation on, unless they
// were cancelled or rejected. A customer who bought nothing, or does not exist, has zeros.
type CustomerHistory struct{ CustomerID uuid.UUID }

// OrderHistory is what one customer bought, added up.
type OrderHistory struct {
	CustomerID     uuid.UUID
	TotalOrders    int
	TotalSpent     int64           // minor units
	FavoritePizzas []FavoritePizza // most ordered first, five at most
}

// FavoritePizza is one of the pizzas that a customer ordered most.
type FavoritePizza struct {
	MenuItemID uuid.UUID `json:"menuItemId"`
	Name       string    `json:"name"` // of its names, the one it was ordered under most
	Quantity   int       `json:"quantity"`
}

// CustomerHistoryHandler handles CustomerHistory.
type CustomerHistoryHandler struct{ Pool *pgxpool.Pool }

// Handle adds up one customer's rows.
func (h *CustomerHistoryHandler) Handle(ctx context.Context, q CustomerHistory) (*OrderHistory, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	history := OrderHistory{CustomerID: q.CustomerID}
	err := h.Pool.QueryRow(ctx, `
		WITH bought AS MATERIALIZED (
			SELECT v.menu_item_id, v.name, v.category, v.quantity, v.orders, v.spent_cents
			FROM public.customer_history_view AS v
			WHERE v.customer_id = $1
		),
		favorite AS (
			SELECT
				b.menu_item_id,
				(array_agg(b.name ORDER BY b.quantity DESC, b.name))[1] AS name,
				sum(b.quantity)::bigint AS quantity
			FROM bought AS b
			WHERE b.category = 'Pizza'
			GROUP BY b.menu_item_id
			ORDER BY quantity DESC, name, b.menu_item_id
			LIMIT 5
		)
		SELECT
			coalesce(sum(b.orders), 0)::bigint AS total_orders,
			coalesce(sum(b.spent_cents), 0)::bigint AS total_spent,
			(
				SELECT coalesce(
					json_agg(
						json_build_object('menuItemId', f.menu_item_id, 'name', f.name, 'quantity', f.quantity)
						ORDER BY f.quantity DESC, f.name, f.menu_item_id
					),
					'[]'
				)
				FROM favorite AS f
			) AS favorite_pizzas
		FROM bought AS b`, q.CustomerID,
	).Scan(&history.TotalOrders, &history.TotalSpent, &history.FavoritePizzas)
	if err != nil {
		return nil, fmt.Errorf("read customer history: %w", err)
	}
	return &history, nil
}
