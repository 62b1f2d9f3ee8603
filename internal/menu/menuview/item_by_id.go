package menuview

import (
	"context"
	"errors"
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
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	var i MenuItem
	err := h.Pool.QueryRow(ctx, `
		SELECT id, name, description, category, prices, allergens, is_available, version
		FROM public.menu_view
		WHERE id = $1`, q.ID,
	).Scan(&i.ID, &i.Name, &i.Description, &i.Category, &i.Prices, &i.Allergens, &i.IsAvailable, &i.Version)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read menu item: %w", err)
	}
	return &i, nil
}
