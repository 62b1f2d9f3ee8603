// Package customerview is the read side of customers: what they bought, and which of their sessions are alive.
package customerview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// CustomerHistory asks for the sums of what one customer bought. Orders count from their confirmation on, unless they
// were cancelled or rejected. A customer who bought nothing has zeros. Staff of some locations are told of what was ordered
// there: a customer who never ordered there doesn't exist for them.
type CustomerHistory struct {
	By         auth.Actor
	CustomerID uuid.UUID
}

// OrderHistory is what one customer bought, added up.
type OrderHistory struct {
	CustomerID     uuid.UUID
	TotalOrders    int
	Spent          []Spent         // one for each currency, that of most orders first
	FavoritePizzas []FavoritePizza // most ordered first, five at most
}

// Spent is the sum of the orders in one currency.
type Spent struct {
	Currency string `json:"currency"` // ISO 4217
	Amount   int64  `json:"amount"`   // minor units
}

// TotalSpent returns the sum in the currency of most orders; 0 if there are none.
func (h *OrderHistory) TotalSpent() int64 {
	if len(h.Spent) == 0 {
		return 0
	}
	return h.Spent[0].Amount
}

// Currency returns the currency of TotalSpent; nil if there are no orders.
func (h *OrderHistory) Currency() *string {
	if len(h.Spent) == 0 {
		return nil
	}
	return &h.Spent[0].Currency
}

// FavoritePizza is one of the pizzas that a customer ordered most.
type FavoritePizza struct {
	MenuItemID uuid.UUID `json:"menuItemId"`
	Name       string    `json:"name"` // of its names, the one it was ordered under most
	Quantity   int       `json:"quantity"`
}

// CustomerHistoryHandler handles CustomerHistory.
type CustomerHistoryHandler struct{ Pool *pgxpool.Pool }

// Handle adds up one customer's rows; nil if there is no such customer that the actor may see.
func (h *CustomerHistoryHandler) Handle(ctx context.Context, q CustomerHistory) (*OrderHistory, error) {
	if !q.By.MaySee(q.CustomerID) {
		return nil, nil
	}
	at := q.By.LocationIDs // nil: anywhere
	if q.CustomerID == q.By.ID {
		at = nil
	}
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	history, known := OrderHistory{CustomerID: q.CustomerID}, false
	err := h.Pool.QueryRow(ctx, `
		WITH bought AS MATERIALIZED (
			SELECT v.currency, v.menu_item_id, v.name, v.is_pizza, v.quantity, v.orders, v.spent_cents
			FROM public.customer_history_view AS v
			WHERE v.customer_id = $1 AND ($2::uuid[] IS NULL OR v.location_id = ANY ($2))
		),
		favorite AS (
			SELECT p.menu_item_id, p.name, p.quantity
			FROM (
				SELECT
					b.menu_item_id,
					(array_agg(b.name ORDER BY b.quantity DESC, b.name COLLATE "und-x-icu"))[1] AS name,
					sum(b.quantity)::bigint AS quantity
				FROM bought AS b
				WHERE b.is_pizza
				GROUP BY b.menu_item_id
			) AS p
			ORDER BY p.quantity DESC, p.name COLLATE "und-x-icu", p.menu_item_id
			LIMIT 5
		),
		spent AS (
			SELECT b.currency, sum(b.orders)::bigint AS orders, sum(b.spent_cents)::bigint AS amount
			FROM bought AS b
			GROUP BY b.currency
		)
		SELECT
			EXISTS (SELECT FROM public.customers AS c WHERE c.id = $1 AND c.deleted_at IS NULL)
				AND ($2 IS NULL OR EXISTS (SELECT FROM public.order_view AS o WHERE o.customer_id = $1 AND o.location_id = ANY ($2))) AS known,
			coalesce(sum(s.orders), 0)::bigint AS total_orders,
			coalesce(
				json_agg(json_build_object('currency', s.currency, 'amount', s.amount) ORDER BY s.orders DESC, s.currency COLLATE "C"),
				'[]'
			) AS spent,
			(
				SELECT coalesce(
					json_agg(
						json_build_object('menuItemId', f.menu_item_id, 'name', f.name, 'quantity', f.quantity)
						ORDER BY f.quantity DESC, f.name COLLATE "und-x-icu", f.menu_item_id
					),
					'[]'
				)
				FROM favorite AS f
			) AS favorite_pizzas
		FROM spent AS s`, q.CustomerID, at,
	).Scan(&known, &history.TotalOrders, &history.Spent, &history.FavoritePizzas)
	if err != nil {
		return nil, fmt.Errorf("read customer history: %w", err)
	}
	if !known {
		return nil, nil
	}
	return &history, nil
}
