package inventory

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/text"
)

// CreateIngredient adds an ingredient with the stock that is there.
type CreateIngredient struct {
	By           auth.Actor
	Name         string
	OnHand       int
	LowThreshold int
}

// Validate refuses, with BAD_USER_INPUT, a name or numbers out of range.
func (c CreateIngredient) Validate() error {
	return cmp.Or(validName(c.Name), validUnits(c.OnHand, "onHand"), validUnits(c.LowThreshold, "lowThreshold"))
}

// newIngredients stores a new ingredient with the movement that explains its stock. It fails with ALREADY_EXISTS if the
// name is taken, whatever its case.
type newIngredients interface {
	Add(ctx context.Context, ingredient Ingredient, by auth.Author, at time.Time) error
}

// CreateIngredientHandler handles CreateIngredient.
type CreateIngredientHandler struct {
	Ingredients newIngredients
	Now         func() time.Time
	NewID       func() uuid.UUID
}

// Handle stores the ingredient and returns its id.
func (h *CreateIngredientHandler) Handle(ctx context.Context, cmd CreateIngredient) (uuid.UUID, error) {
	name, _ := text.Line(cmd.Name)
	ingredient := Ingredient{
		ID: h.NewID(), Name: name, OnHand: cmd.OnHand, LowThreshold: cmd.LowThreshold,
	}
	if err := h.Ingredients.Add(ctx, ingredient, cmd.By.Author(), h.Now()); err != nil {
		return uuid.Nil, fmt.Errorf("create ingredient: %w", err)
	}
	return ingredient.ID, nil
}
