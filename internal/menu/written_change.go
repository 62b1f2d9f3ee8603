package menu

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// Written is a change as it waits: JSON that names what is to change as the API does, and the form that it has. What is left
// out stays, and null says that there is none.
//
// Servers of two versions read the same changes. Whoever adds a field to a form makes it the next one, and writes that only
// where the field is given: a server that doesn't know a form leaves such a change to others, and drops nothing.
type Written struct {
	Form int
	Text []byte
}

// Form is the newest that this version writes and reads.
const Form = 1

type writtenChange struct {
	UpdateMenuItem    *writtenItem  `json:"updateMenuItem,omitempty"`
	UpdateOptionGroup *writtenGroup `json:"updateOptionGroup,omitempty"`
}

type writtenItem struct {
	ID                 uuid.UUID              `json:"id"`
	ExpectedVersion    *int                   `json:"expectedVersion,omitempty"`
	Name               *string                `json:"name,omitempty"`
	Description        *string                `json:"description,omitempty"`
	Category           *string                `json:"category,omitempty"`
	IsPizza            *bool                  `json:"isPizza,omitempty"`
	TaxCategory        *location.TaxCategory  `json:"taxCategory,omitempty"`
	Prices             *[]writtenPrice        `json:"prices,omitempty"`
	Allergens          *[]inventory.Allergen  `json:"allergens,omitempty"`
	Ingredients        *[]writtenLine         `json:"ingredients,omitempty"`
	PreparationMinutes *int                   `json:"preparationMinutes,omitempty"`
	IsAvailable        *bool                  `json:"isAvailable,omitempty"`
	OptionGroups       *[]writtenItemGroup    `json:"optionGroups,omitempty"`
	Halves             nullable[HalvesPolicy] `json:"halves,omitzero"`
	ImageID            nullable[uuid.UUID]    `json:"imageId,omitzero"`
	Locations          []writtenOffer         `json:"locations,omitempty"`
}

type writtenPrice struct {
	Size  Size  `json:"size"`
	Price int64 `json:"price"`
}

type writtenLine struct {
	IngredientID uuid.UUID `json:"ingredientId"`
	Quantity     int       `json:"quantity"`
}

type writtenItemGroup struct {
	OptionGroupID    uuid.UUID    `json:"optionGroupId"`
	Min              *int         `json:"min,omitempty"`
	Max              *int         `json:"max,omitempty"`
	FreeUpTo         *int         `json:"freeUpTo,omitempty"`
	OptionIDs        *[]uuid.UUID `json:"optionIds,omitempty"`
	DefaultOptionIDs *[]uuid.UUID `json:"defaultOptionIds,omitempty"`
}

type writtenOffer struct {
	LocationID  uuid.UUID                `json:"locationId"`
	IsAvailable nullable[bool]           `json:"isAvailable,omitzero"`
	Prices      nullable[[]writtenPrice] `json:"prices,omitzero"`
}

type writtenGroup struct {
	ID              uuid.UUID               `json:"id"`
	ExpectedVersion *int                    `json:"expectedVersion,omitempty"`
	Name            *string                 `json:"name,omitempty"`
	Min             *int                    `json:"min,omitempty"`
	Max             nullable[int]           `json:"max,omitzero"`
	FreeUpTo        *int                    `json:"freeUpTo,omitempty"`
	Halves          *bool                   `json:"halves,omitempty"`
	Light           nullable[AmountFactors] `json:"light,omitzero"`
	Extra           nullable[AmountFactors] `json:"extra,omitzero"`
	Options         *[]writtenOption        `json:"options,omitempty"`
}

type writtenOption struct {
	ID           *uuid.UUID           `json:"id,omitempty"`
	Name         string               `json:"name"`
	IsDefault    bool                 `json:"isDefault,omitempty"`
	IngredientID *uuid.UUID           `json:"ingredientId,omitempty"`
	Allergens    []inventory.Allergen `json:"allergens,omitempty"`
	Prices       []writtenOptionPrice `json:"prices"`
}

type writtenOptionPrice struct {
	Size  Size  `json:"size"`
	Price int64 `json:"price"`
	Dose  int   `json:"dose"`
}

// ReadChange reads a change that waits. It fails with BAD_USER_INPUT for a form that this version doesn't know, and for what
// isn't of the form that it says: whatever isn't understood is never left out.
func ReadChange(w Written) (Change, error) {
	if w.Form != Form {
		return Change{}, fault.New(fault.BadUserInput, "The change was scheduled by another version of the server, and this one can't read it.")
	}
	var read writtenChange
	if err := strictly(w.Text, &read); err != nil {
		return Change{}, fault.New(fault.BadUserInput, "The change is stored in a way that can't be read.")
	}
	var c Change
	if read.UpdateMenuItem != nil {
		c.UpdateMenuItem = read.UpdateMenuItem.command()
	}
	if read.UpdateOptionGroup != nil {
		c.UpdateOptionGroup = read.UpdateOptionGroup.command()
	}
	return c, nil
}

func (c Change) write() (Written, error) {
	var w writtenChange
	if c.UpdateMenuItem != nil {
		w.UpdateMenuItem = new(writeItem(*c.UpdateMenuItem))
	}
	if c.UpdateOptionGroup != nil {
		w.UpdateOptionGroup = new(writeGroup(*c.UpdateOptionGroup))
	}
	text, err := json.Marshal(w)
	if err != nil {
		return Written{}, fmt.Errorf("write a change of the menu: %w", err)
	}
	return Written{Form, text}, nil
}
