package inventory

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/text"
)

// CreateIngredient adds an ingredient with the stock that there is of it.
type CreateIngredient struct {
	IngredientID   uuid.UUID  `json:"-"` // given by the pipeline
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	Name           string
	LowThreshold   int
	Allergens      []Allergen
	Diet           *Diet // nil: fit for neither
	Stock          []LocationStock
}

// Intent names what must happen once.
func (c CreateIngredient) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the ingredient to be.
func (c CreateIngredient) WithSubject(id uuid.UUID) CreateIngredient {
	c.IngredientID = id
	return c
}

// Authorize refuses all but managers of all locations: ingredients are the whole chain's to decide.
func (c CreateIngredient) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate refuses, with BAD_USER_INPUT, a name or numbers out of range.
func (c CreateIngredient) Validate() error {
	return cmp.Or(validName(c.Name), validUnits(c.LowThreshold, "lowThreshold"),
		ValidAllergens(c.Allergens, "allergens"), validDiet(c.Diet), validStock(c.Stock))
}

// newIngredients stores a new ingredient with the movements that explain its stock; one that is there already, left by an
// earlier try, stays as it is. It fails with ALREADY_EXISTS if the name is taken, whatever its case, with NOT_FOUND if there is
// no location that stock is said to be at, and with BAD_USER_INPUT if a location isn't named where there are several, or is
// named twice.
type newIngredients interface {
	Add(ctx context.Context, ingredient Ingredient, by auth.Author, at time.Time) error
}

// CreateIngredientHandler handles CreateIngredient.
type CreateIngredientHandler struct {
	Ingredients newIngredients
	Now         func() time.Time
}

// Handle stores the ingredient and returns its id.
func (h *CreateIngredientHandler) Handle(ctx context.Context, cmd CreateIngredient) (uuid.UUID, error) {
	name, _ := text.Line(cmd.Name)
	ingredient := Ingredient{
		ID: cmd.IngredientID, Name: name, LowThreshold: cmd.LowThreshold, Allergens: Together(cmd.Allergens), Diet: cmd.Diet, Stock: cmd.Stock, Version: 1,
	}
	if err := h.Ingredients.Add(ctx, ingredient, cmd.By.Author(), h.Now()); err != nil {
		return uuid.Nil, fmt.Errorf("create ingredient: %w", err)
	}
	return ingredient.ID, nil
}
