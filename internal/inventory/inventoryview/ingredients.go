// Package inventoryview is the read side of the stock: the rows of public.ingredient_view.
package inventoryview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

const columns = `id, name, on_hand, reserved, available, low_threshold`

// Ingredient is one row of public.ingredient_view, as the API shows it, in units of the shop's choice.
type Ingredient struct {
	ID           uuid.UUID
	Name         string
	OnHand       int
	Reserved     int
	Available    int // OnHand less Reserved
	LowThreshold int
}

// IsNode marks the ingredient as a node of the API.
func (*Ingredient) IsNode() {}

// Ingredients asks for all ingredients, by name.
type Ingredients struct{}

// IngredientsHandler handles Ingredients.
type IngredientsHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *IngredientsHandler) Handle(ctx context.Context, _ Ingredients) ([]*Ingredient, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+columns+` FROM public.ingredient_view ORDER BY name COLLATE "und-x-icu", id`)
	ingredients, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Ingredient])
	if err != nil {
		return nil, fmt.Errorf("read ingredients: %w", err)
	}
	return ingredients, nil
}

// IngredientByID asks for one ingredient; nil if there is none.
type IngredientByID struct{ ID uuid.UUID }

// IngredientByIDHandler handles IngredientByID.
type IngredientByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row.
func (h *IngredientByIDHandler) Handle(ctx context.Context, q IngredientByID) (*Ingredient, error) {
	found, err := h.Ingredients(ctx, []uuid.UUID{q.ID})
	return found[q.ID], err
}

// Ingredients reads the ingredients named; those that don't exist are missing.
func (h *IngredientByIDHandler) Ingredients(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Ingredient, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+columns+` FROM public.ingredient_view WHERE id = ANY ($1)`, ids)
	all, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Ingredient])
	if err != nil {
		return nil, fmt.Errorf("read ingredients by ids: %w", err)
	}
	found := make(map[uuid.UUID]*Ingredient, len(all))
	for _, ingredient := range all {
		found[ingredient.ID] = ingredient
	}
	return found, nil
}
