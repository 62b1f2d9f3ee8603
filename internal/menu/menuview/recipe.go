package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/postgres"
)

// RecipeOf asks what a medium or one-size portion of an item takes.
type RecipeOf struct{ MenuItemID uuid.UUID }

// RecipeLine is what a portion takes of one ingredient, in the ingredient's own units.
type RecipeLine struct {
	IngredientID uuid.UUID
	Name         string
	Quantity     int
}

// RecipeHandler handles RecipeOf: those of a list of items are asked for at the same time, and read by one statement.
type RecipeHandler struct {
	pool  *pgxpool.Pool
	reads *batch.Batcher[uuid.UUID, []*RecipeLine]
}

// NewRecipeHandler returns a handler that runs at most concurrency statements at once.
func NewRecipeHandler(pool *pgxpool.Pool, concurrency int) *RecipeHandler {
	h := &RecipeHandler{pool: pool}
	h.reads = batch.New(concurrency, h.read)
	return h
}

// Handle returns the lines by name; none of an item that has no recipe, or doesn't exist.
func (h *RecipeHandler) Handle(ctx context.Context, q RecipeOf) ([]*RecipeLine, error) {
	lines, _, err := h.reads.One(ctx, q.MenuItemID)
	return lines, err
}

func (h *RecipeHandler) read(ctx context.Context, items []uuid.UUID) (map[uuid.UUID][]*RecipeLine, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.pool.Query(ctx, `
		SELECT menu_item_id, ingredient_id, name, quantity
		FROM public.recipe_line_view
		WHERE menu_item_id = ANY ($1)
		ORDER BY name COLLATE "und-x-icu", ingredient_id`, items)
	recipes := make(map[uuid.UUID][]*RecipeLine, len(items))
	var of uuid.UUID
	var line RecipeLine
	_, err := pgx.ForEachRow(rows, []any{&of, &line.IngredientID, &line.Name, &line.Quantity}, func() error {
		read := line
		recipes[of] = append(recipes[of], &read)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read recipes: %w", err)
	}
	return recipes, nil
}
