package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

// ItemByID asks for one item, whether it can be ordered now or not; nil if there is none, or none any more.
type ItemByID struct{ ID uuid.UUID }

// ItemByIDHandler handles ItemByID.
type ItemByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row.
func (h *ItemByIDHandler) Handle(ctx context.Context, q ItemByID) (*MenuItem, error) {
	found, err := h.Items(ctx, []uuid.UUID{q.ID})
	return found[q.ID], err
}

// Items reads the items named; those that don't exist, or don't any more, are missing.
func (h *ItemByIDHandler) Items(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*MenuItem, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := h.Pool.Query(ctx, `
		SELECT id, name, description, category, is_pizza, tax_category, prices, allergens, is_available, version
		FROM public.menu_view
		WHERE id = ANY ($1)`, ids)
	if err != nil {
		return nil, fmt.Errorf("read menu items: %w", err)
	}
	found := make(map[uuid.UUID]*MenuItem, len(ids))
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*MenuItem, error) {
		var i MenuItem
		return &i, row.Scan(&i.ID, &i.Name, &i.Description, &i.Category, &i.IsPizza, (*string)(&i.TaxCategory), &i.Prices, &i.Allergens, &i.IsAvailable, &i.Version)
	})
	if err != nil {
		return nil, fmt.Errorf("read menu items: %w", err)
	}
	for _, item := range items {
		found[item.ID] = item
	}
	return found, nil
}
