package menu

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
)

// UpdateMenuItem changes an item. What is nil stays; lists are replaced whole, but for the locations: those that aren't named
// stay.
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
	Allergens          *[]inventory.Allergen
	Ingredients        *[]RecipeLine
	PreparationMinutes *int
	IsAvailable        *bool
	OptionGroups       *[]ItemOptionGroup
	Halves             **HalvesPolicy // what points to nil: both halves are the same
	ImageID            **uuid.UUID    // what points to nil: none
	Locations          []OfferChange
	ScheduledFor       *time.Time // nil: it was to be done at once
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide. What a location does otherwise
// is for its own managers, too.
func (c UpdateMenuItem) Authorize() error {
	if len(c.Locations) == 0 || c.changesCatalogue() {
		return c.By.Everywhere().Require(auth.RoleManager)
	}
	for _, l := range c.Locations {
		if err := c.By.At(l.LocationID).Require(auth.RoleManager); err != nil {
			return err
		}
	}
	return nil
}

// changesCatalogue tells whether anything is given that is the same at all locations.
func (c UpdateMenuItem) changesCatalogue() bool {
	return c.Name != nil || c.Description != nil || c.Category != nil || c.IsPizza != nil || c.TaxCategory != nil || c.Prices != nil ||
		c.Allergens != nil || c.Ingredients != nil || c.PreparationMinutes != nil || c.IsAvailable != nil || c.OptionGroups != nil || c.Halves != nil || c.ImageID != nil
}

// Validate has the rules of CreateMenuItem, for what is given.
func (c UpdateMenuItem) Validate() error {
	return cmp.Or(
		patch.Check(c.Name, validName), patch.Check(c.Description, validDescription), patch.Check(c.Category, validCategory),
		patch.Check(c.Prices, validPrices), patch.Check(c.Allergens, func(a []inventory.Allergen) error { return inventory.ValidAllergens(a, "allergens") }), patch.Check(c.Ingredients, validRecipe),
		patch.Check(c.PreparationMinutes, validPreparation), validOffers(c.Locations),
		patch.Check(c.OptionGroups, validGroups), patch.Check(c.Halves, validHalves),
	)
}

// items loads one item under a row lock, lets change decide, and saves the item: all of it, or nothing. It fails with
// NOT_FOUND if there is no such item. A change that replaces the recipe passes the new one: its
// ingredients are locked before the item, as orders do, and BAD_USER_INPUT tells which of them does not exist. It also tells which
// option group makes no sense, and that there is no such image.
type items interface {
	Update(ctx context.Context, id uuid.UUID, brings Brings, change func(*Item, Currencies) error) error
}

// Brings tells what a change will bring in, for which more than the item has to be locked.
type Brings struct {
	Recipe       *[]RecipeLine // nil: the recipe stays
	OptionGroups bool
}

// UpdateMenuItemHandler handles UpdateMenuItem.
type UpdateMenuItemHandler struct {
	Items items
	Now   func() time.Time
}

// Handle changes the item in one transaction and returns its id.
func (h *UpdateMenuItemHandler) Handle(ctx context.Context, cmd UpdateMenuItem) (uuid.UUID, error) {
	err := h.Items.Update(ctx, cmd.ID, Brings{cmd.Ingredients, cmd.OptionGroups != nil}, func(i *Item, currencies Currencies) error {
		return i.update(cmd, currencies, h.Now())
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("update menu item %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}
