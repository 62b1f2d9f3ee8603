package inventory

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// SetStock corrects an ingredient's stock to what was counted.
type SetStock struct {
	By           auth.Actor
	IngredientID uuid.UUID
	OnHand       int // with what is promised to orders
}

// Validate refuses, with BAD_USER_INPUT, a number out of range.
func (c SetStock) Validate() error { return validUnits(c.OnHand, "onHand") }

// stock loads one ingredient under a row lock, lets change decide, and saves its stock with the movement that explains
// the difference, if there is one. It fails with NOT_FOUND if there is no such ingredient.
type stock interface {
	Update(ctx context.Context, id uuid.UUID, by auth.Author, at time.Time, change func(*Ingredient) error) error
}

// SetStockHandler handles SetStock.
type SetStockHandler struct {
	Stock stock
	Now   func() time.Time
}

// Handle sets the stock in one transaction and returns the ingredient's id.
func (h *SetStockHandler) Handle(ctx context.Context, cmd SetStock) (uuid.UUID, error) {
	err := h.Stock.Update(ctx, cmd.IngredientID, cmd.By.Author(), h.Now(), func(i *Ingredient) error { return i.count(cmd.OnHand) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("set stock of %s: %w", cmd.IngredientID, err)
	}
	return cmd.IngredientID, nil
}
