package menustore

import (
	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

// audited is what a manager decides of an item, as the API calls it.
type audited struct {
	Name               string                     `json:"name"`
	Description        string                     `json:"description"`
	Category           string                     `json:"category"`
	IsPizza            bool                       `json:"isPizza"`
	TaxCategory        location.TaxCategory       `json:"taxCategory"`
	Prices             map[menu.Size]int64        `json:"prices"`
	Allergens          []inventory.Allergen       `json:"allergens"`
	IsAvailable        bool                       `json:"isAvailable"`
	PreparationMinutes int                        `json:"preparationMinutes"`
	Ingredients        map[uuid.UUID]int          `json:"ingredients"`
	OptionGroups       []auditedItemGroup         `json:"optionGroups"`
	Halves             *menu.HalvesPolicy         `json:"halves"`
	ImageID            *uuid.UUID                 `json:"imageId"`
	IsArchived         bool                       `json:"isArchived"`
	Locations          map[uuid.UUID]auditedOffer `json:"locations"`
}

// auditedOffer is what a location does otherwise.
type auditedOffer struct {
	IsAvailable *bool               `json:"isAvailable"`
	Prices      map[menu.Size]int64 `json:"prices"`
}

func auditedOf(s *menu.State) *audited {
	if s == nil {
		return nil
	}
	a := &audited{
		Name: s.Name, Description: s.Description, Category: s.Category, IsPizza: s.IsPizza, TaxCategory: s.TaxCategory,
		Prices: pricesBySize(s.Prices), Allergens: s.Allergens, IsAvailable: s.IsAvailable, PreparationMinutes: s.PreparationMinutes,
		Ingredients: quantities(s.Recipe), OptionGroups: auditedItemGroups(s.OptionGroups), Halves: s.Halves, ImageID: s.ImageID,
		IsArchived: s.ArchivedAt != nil, Locations: map[uuid.UUID]auditedOffer{},
	}
	for _, o := range s.Offers {
		a.Locations[o.LocationID] = auditedOffer{o.IsAvailable, pricesBySize(o.Prices)}
	}
	return a
}

// auditedItemGroup is a group that an item has.
type auditedItemGroup struct {
	OptionGroupID    uuid.UUID    `json:"optionGroupId"`
	Min              *int         `json:"min,omitempty"`
	Max              *int         `json:"max,omitempty"`
	FreeUpTo         *int         `json:"freeUpTo,omitempty"`
	OptionIDs        *[]uuid.UUID `json:"optionIds,omitempty"`
	DefaultOptionIDs *[]uuid.UUID `json:"defaultOptionIds,omitempty"`
}

// auditedGroup is what a manager decides of an option group, as the API calls it.
type auditedGroup struct {
	Name       string              `json:"name"`
	Min        int                 `json:"min"`
	Max        *int                `json:"max"`
	FreeUpTo   int                 `json:"freeUpTo"`
	Halves     bool                `json:"halves"`
	Light      *menu.AmountFactors `json:"light"`
	Extra      *menu.AmountFactors `json:"extra"`
	Options    []auditedOption     `json:"options"`
	IsArchived bool                `json:"isArchived"`
}

type auditedOption struct {
	ID           *uuid.UUID           `json:"id"` // nil: one that gets its id when it is stored
	Name         string               `json:"name"`
	IsDefault    bool                 `json:"isDefault"`
	IngredientID *uuid.UUID           `json:"ingredientId"`
	Allergens    []inventory.Allergen `json:"allergens"`
	Prices       map[menu.Size]int64  `json:"prices"`
	Doses        map[menu.Size]int    `json:"doses"`
}

func auditedGroupOf(s *menu.OptionGroupState) *auditedGroup {
	if s == nil {
		return nil
	}
	return &auditedGroup{
		Name: s.Name, Min: s.Min, Max: s.Max, FreeUpTo: s.FreeUpTo, Halves: s.Halves, Light: s.Light, Extra: s.Extra,
		Options: auditedOptions(s.Options), IsArchived: s.ArchivedAt != nil,
	}
}

func auditedOptions(options []menu.Option) []auditedOption {
	all := make([]auditedOption, len(options))
	for i, o := range options {
		all[i] = auditedOptionOf(o)
	}
	return all
}

func auditedItemGroups(groups []menu.ItemOptionGroup) []auditedItemGroup {
	all := make([]auditedItemGroup, len(groups))
	for i, g := range groups {
		all[i] = auditedItemGroup(g)
	}
	return all
}

func quantities(recipe []menu.RecipeLine) map[uuid.UUID]int {
	byIngredient := make(map[uuid.UUID]int, len(recipe))
	for _, line := range recipe {
		byIngredient[line.IngredientID] = line.Quantity
	}
	return byIngredient
}

func auditedOptionOf(o menu.Option) auditedOption {
	told := auditedOption{o.ID, o.Name, o.IsDefault, o.IngredientID, inventory.Together(o.Allergens), map[menu.Size]int64{}, map[menu.Size]int{}}
	for _, p := range o.Prices {
		told.Prices[p.Size], told.Doses[p.Size] = p.Price, p.Dose
	}
	return told
}

func pricesBySize(prices []menu.Price) map[menu.Size]int64 {
	bySize := make(map[menu.Size]int64, len(prices))
	for _, p := range prices {
		bySize[p.Size] = p.Price
	}
	return bySize
}
