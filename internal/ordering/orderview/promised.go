package orderview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

// PromisedOf asks to whom a location's stock of an ingredient is promised.
type PromisedOf struct{ LocationID, IngredientID uuid.UUID }

// Promised are the orders that the kitchen hasn't finished and that use an ingredient, and how many quotes do.
type Promised struct {
	Quotes    int
	Scheduled Holders // orders for a time to come, which the kitchen hasn't begun
	Open      Holders // all others
}

// Holders are orders.
type Holders struct {
	Count  int
	Orders []*Order // those that are due first, 50 at most
}

// PromisedOfHandler handles PromisedOf.
type PromisedOfHandler struct {
	Pool   *pgxpool.Pool
	Orders *ByIDHandler
}

const mostHolders = 50

// Handle reads who holds the ingredient, and then the orders that are shown.
func (h *PromisedOfHandler) Handle(ctx context.Context, q PromisedOf) (Promised, error) {
	p, scheduled, open, err := h.holders(ctx, q)
	if err != nil {
		return p, err
	}
	p.Scheduled.Count, p.Open.Count = len(scheduled), len(open)
	scheduled, open = scheduled[:min(len(scheduled), mostHolders)], open[:min(len(open), mostHolders)]
	found, err := h.Orders.Orders(ctx, append(append([]uuid.UUID{}, scheduled...), open...))
	if err != nil {
		return p, err
	}
	p.Scheduled.Orders, p.Open.Orders = inOrder(scheduled, found), inOrder(open, found)
	return p, nil
}

func (h *PromisedOfHandler) holders(ctx context.Context, q PromisedOf) (p Promised, scheduled, open []uuid.UUID, err error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT s.order_id, s.order_id IS NOT NULL AND s.scheduled_for IS NOT NULL AND s.status <> 'PREPARING'
		FROM public.stock_promise_view AS s
		WHERE s.location_id = $1 AND s.ingredient_id = $2
		ORDER BY coalesce(s.scheduled_for, s.placed_at), s.order_id`, q.LocationID, q.IngredientID)
	var order *uuid.UUID
	var later bool
	_, err = pgx.ForEachRow(rows, []any{&order, &later}, func() error {
		switch {
		case order == nil:
			p.Quotes++
		case later:
			scheduled = append(scheduled, *order)
		default:
			open = append(open, *order)
		}
		return nil
	})
	if err != nil {
		return p, nil, nil, fmt.Errorf("read to whom an ingredient is promised: %w", err)
	}
	return p, scheduled, open, nil
}

// inOrder lists what was found of the orders named.
func inOrder(ids []uuid.UUID, found map[uuid.UUID]*Order) []*Order {
	all := make([]*Order, 0, len(ids))
	for _, id := range ids {
		if order := found[id]; order != nil {
			all = append(all, order)
		}
	}
	return all
}
