package menu

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
)

// UpdateMenuItem changes an item. What is nil stays; lists are replaced whole.
type UpdateMenuItem struct {
	By                 auth.Actor
	ID                 uuid.UUID
	ExpectedVersion    *int // nil: any
	Name               *string
	Description        *string
	Category           *string
	IsPizza            *bool
	TaxCategory        *location.TaxCategory
	Prices             *[]Price
	Allergens          *[]string
	Ingredients        *[]RecipeLine
	PreparationMinutes *int
	IsAvailable        *bool
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c UpdateMenuItem) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate has the rules of CreateMenuItem, for what is given.
func (c UpdateMenuItem) Validate() error {
	return cmp.Or(
		patch.Check(c.Name, validName), patch.Check(c.Description, validDescription), patch.Check(c.Category, validCategory),
		patch.Check(c.Prices, validPrices), patch.Check(c.Allergens, validAllergens), patch.Check(c.Ingredients, validRecipe),
		patch.Check(c.PreparationMinutes, validPreparation),
	)
}

// items loads one item under a row lock, lets change decide, and saves the item: all of it, or nothing. It fails with
// NOT_FOUND if there is no such item. A change that replaces the recipe passes the new one: its ingredients are locked
// before the item, as orders do, and BAD_USER_INPUT tells which of them does not exist.
type items interface {
	Update(ctx context.Context, id uuid.UUID, recipe *[]RecipeLine, change func(*Item) error) error
}

// UpdateMenuItemHandler handles UpdateMenuItem.
type UpdateMenuItemHandler struct {
	Items items
	Now   func() time.Time
}

// Handle changes the item in one transaction and returns its id.
func (h *UpdateMenuItemHandler) Handle(ctx context.Context, cmd UpdateMenuItem) (uuid.UUID, error) {
	err := h.Items.Update(ctx, cmd.ID, cmd.Ingredients, func(i *Item) error { return i.update(cmd, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("update menu item %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}
