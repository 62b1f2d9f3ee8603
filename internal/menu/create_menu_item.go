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
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/patch"
)

// CreateMenuItem puts something new on the menu, available at once.
type CreateMenuItem struct {
	ItemID             uuid.UUID  `json:"-"` // given by the pipeline
	By                 auth.Actor `json:"-"`
	IdempotencyKey     string     `json:"-"`
	Name               string
	Description        string
	Category           string
	IsPizza            bool
	TaxCategory        location.TaxCategory // FOOD unless told
	Prices             []Price
	Allergens          []inventory.Allergen // beside those of the ingredients
	Ingredients        []RecipeLine         // what stock a portion takes; none: it never runs out
	PreparationMinutes *int                 // 12 unless told
	Locations          []OfferChange
	OptionGroups       []ItemOptionGroup
	Halves             *HalvesPolicy // nil: both halves are the same
	ImageID            *uuid.UUID    // of an image that was uploaded; nil: none
}

// Intent names what must happen once.
func (c CreateMenuItem) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the item to be.
func (c CreateMenuItem) WithSubject(id uuid.UUID) CreateMenuItem {
	c.ItemID = id
	return c
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c CreateMenuItem) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate refuses, with BAD_USER_INPUT, input that is invalid for any stock.
func (c CreateMenuItem) Validate() error {
	return cmp.Or(
		validName(c.Name), validDescription(c.Description), validCategory(c.Category), validPrices(c.Prices),
		inventory.ValidAllergens(c.Allergens, "allergens"), validRecipe(c.Ingredients), patch.Check(c.PreparationMinutes, validPreparation),
		validOffers(c.Locations), validGroups(c.OptionGroups), validHalves(c.Halves),
	)
}

// newItems lets complete decide what locations do otherwise, and stores a new item whole; one that is there already, left by an
// earlier try, stays as it is. It fails with BAD_USER_INPUT if an ingredient does not exist.
type newItems interface {
	Add(ctx context.Context, item *Item, complete func(Currencies) error) error
}

// CreateMenuItemHandler handles CreateMenuItem.
type CreateMenuItemHandler struct {
	Items newItems
	Now   func() time.Time
}

// Handle stores the item and returns its id.
func (h *CreateMenuItemHandler) Handle(ctx context.Context, cmd CreateMenuItem) (uuid.UUID, error) {
	item := NewItem(cmd.ItemID, cmd, h.Now())
	err := h.Items.Add(ctx, item, func(currencies Currencies) error { return item.offer(cmd.Locations, currencies) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("create menu item: %w", err)
	}
	return item.state.ID, nil
}
