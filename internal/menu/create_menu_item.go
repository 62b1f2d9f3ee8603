package menu

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
)

// CreateMenuItem puts something new on the menu, available at once.
type CreateMenuItem struct {
	By                 auth.Actor
	Name               string
	Description        string
	Category           string
	IsPizza            bool
	TaxCategory        location.TaxCategory // FOOD unless told
	Prices             []Price
	Allergens          []string
	Ingredients        []RecipeLine // what stock a portion takes; none: it never runs out
	PreparationMinutes *int         // 12 unless told
}

// Validate refuses, with BAD_USER_INPUT, input that is invalid for any stock.
func (c CreateMenuItem) Validate() error {
	return cmp.Or(
		validName(c.Name), validDescription(c.Description), validCategory(c.Category), validPrices(c.Prices),
		validAllergens(c.Allergens), validRecipe(c.Ingredients), ifGiven(c.PreparationMinutes, validPreparation),
	)
}

// newItems stores a new item whole. It fails with BAD_USER_INPUT if an ingredient does not exist.
type newItems interface {
	Add(ctx context.Context, item *Item) error
}

// CreateMenuItemHandler handles CreateMenuItem.
type CreateMenuItemHandler struct {
	Items newItems
	Now   func() time.Time
	NewID func() uuid.UUID
}

// Handle stores the item and returns its id.
func (h *CreateMenuItemHandler) Handle(ctx context.Context, cmd CreateMenuItem) (uuid.UUID, error) {
	item := NewItem(h.NewID(), cmd, h.Now())
	if err := h.Items.Add(ctx, item); err != nil {
		return uuid.Nil, fmt.Errorf("create menu item: %w", err)
	}
	return item.state.ID, nil
}
