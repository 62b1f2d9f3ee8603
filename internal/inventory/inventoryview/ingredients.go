// Package inventoryview is the read side of the stock: the rows of public.location_stock_view, and of public.ingredient_view.
package inventoryview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/postgres"
)

const columns = `id, name, on_hand, reserved, available, low_threshold, allergens, diet, version, is_sold_out, sold_out_until, sold_out_reason`

// Ingredient is one row of public.location_stock_view, or of public.ingredient_view, which has all locations together, as the
// API shows it. It is in units of the chain's choice.
type Ingredient struct {
	ID           uuid.UUID
	Name         string
	OnHand       int
	Reserved     int
	Available    int // OnHand less Reserved; none while it is sold out
	LowThreshold int
	Allergens    []inventory.Allergen
	Diet         *inventory.Diet // nil: fit for neither
	Version      int             // of all but the stock
	// IsSoldOut tells whether somebody has sold it out; of all locations together, at each of them.
	IsSoldOut     bool
	SoldOutUntil  *time.Time // nil: until further notice, or it isn't
	SoldOutReason *string
}

// IsNode marks the ingredient as a node of the API.
func (*Ingredient) IsNode() {}

// Ingredients asks what a location has of all ingredients, by name; nothing of a location that doesn't exist.
type Ingredients struct{ LocationID uuid.UUID }

// IngredientsHandler handles Ingredients.
type IngredientsHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *IngredientsHandler) Handle(ctx context.Context, q Ingredients) ([]*Ingredient, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+columns+` FROM public.location_stock_view WHERE location_id = $1 ORDER BY name COLLATE "und-x-icu", id`, q.LocationID)
	ingredients, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[Ingredient])
	if err != nil {
		return nil, fmt.Errorf("read ingredients: %w", err)
	}
	return ingredients, nil
}

// ByIDHandler reads ingredients by their ids.
type ByIDHandler struct{ Pool *pgxpool.Pool }

// Everywhere reads one ingredient as all locations have it together; nil if there is none.
func (h *ByIDHandler) Everywhere(ctx context.Context, id uuid.UUID) (*Ingredient, error) {
	found, err := h.Ingredients(ctx, []uuid.UUID{id})
	return found[id], err
}

// AtLocation reads one ingredient as a location has it; nil if there is none.
func (h *ByIDHandler) AtLocation(ctx context.Context, at inventory.StockKey) (*Ingredient, error) {
	found, err := h.read(ctx, `SELECT `+columns+` FROM public.location_stock_view WHERE id = $1 AND location_id = $2`, at.IngredientID, at.LocationID)
	return found[at.IngredientID], err
}

// Ingredients reads the ingredients named as all locations have them together; those that don't exist are missing.
func (h *ByIDHandler) Ingredients(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Ingredient, error) {
	return h.read(ctx, `SELECT `+columns+` FROM public.ingredient_view WHERE id = ANY ($1)`, ids)
}

func (h *ByIDHandler) read(ctx context.Context, sql string, values ...any) (map[uuid.UUID]*Ingredient, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, sql, values...)
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
