package inventory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

// UpdateIngredient changes what an ingredient is, not what there is of it. What is nil stays.
type UpdateIngredient struct {
	By              auth.Actor
	IngredientID    uuid.UUID
	ExpectedVersion *int // nil: any
	Name            *string
	LowThreshold    *int
	Allergens       *[]Allergen
	Diet            **Diet // what points to nil is fit for neither
}

// Authorize refuses all but managers of all locations: ingredients are the whole chain's to decide.
func (c UpdateIngredient) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate has the rules of CreateIngredient, for what is given.
func (c UpdateIngredient) Validate() error {
	return cmp.Or(
		patch.Check(c.Name, validName),
		patch.Check(c.LowThreshold, func(units int) error { return validUnits(units, "lowThreshold") }),
		patch.Check(c.Allergens, func(a []Allergen) error { return ValidAllergens(a, "allergens") }), patch.Check(c.Diet, validDiet),
	)
}

// Changed returns the ingredient as the command wants it; the version is the same if nothing changes. It fails with
// VERSION_CONFLICT if the manager decided on another version.
func (i Ingredient) Changed(cmd UpdateIngredient) (Ingredient, error) {
	if cmd.ExpectedVersion != nil && *cmd.ExpectedVersion != i.Version {
		return i, fault.New(fault.VersionConflict, "The ingredient has changed since: it is at version %d.", i.Version).
			With(fault.Details{CurrentVersion: i.Version}).At("expectedVersion")
	}
	after := i
	if cmd.Name != nil {
		after.Name, _ = text.Line(*cmd.Name)
	}
	patch.Set(&after.LowThreshold, cmd.LowThreshold)
	if cmd.Allergens != nil {
		after.Allergens = Together(*cmd.Allergens)
	}
	patch.Set(&after.Diet, cmd.Diet)
	if after.Name != i.Name || after.LowThreshold != i.LowThreshold || !after.SuitsTheSame(i) {
		after.Version++
	}
	return after, nil
}

// SuitsTheSame tells whether who can eat the one can eat the other.
func (i Ingredient) SuitsTheSame(other Ingredient) bool {
	return slices.Equal(i.Allergens, other.Allergens) && patch.Same(i.Diet, other.Diet)
}

// changeable loads one ingredient under a row lock, lets change decide, and saves it: all of it, or nothing. It fails with
// NOT_FOUND if there is no such ingredient, and with ALREADY_EXISTS if another has the name.
type changeable interface {
	Change(ctx context.Context, id uuid.UUID, by auth.Author, at time.Time, change func(Ingredient) (Ingredient, error)) error
}

// UpdateIngredientHandler handles UpdateIngredient.
type UpdateIngredientHandler struct {
	Ingredients changeable
	Now         func() time.Time
}

// Handle changes the ingredient in one transaction and returns its id.
func (h *UpdateIngredientHandler) Handle(ctx context.Context, cmd UpdateIngredient) (uuid.UUID, error) {
	err := h.Ingredients.Change(ctx, cmd.IngredientID, cmd.By.Author(), h.Now(), func(i Ingredient) (Ingredient, error) { return i.Changed(cmd) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("update ingredient %s: %w", cmd.IngredientID, err)
	}
	return cmd.IngredientID, nil
}
