package menu

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
)

// Dish is a menu item as one location sells it: current prices in minor units, and what it takes.
type Dish struct {
	ID          uuid.UUID
	Name        string
	Category    string
	IsPizza     bool
	TaxCategory location.TaxCategory
	Available   bool // the manager's switch there; stock is checked when it is reserved
	Preparation time.Duration
	Prices      map[Size]int64
	Recipe      []Ingredient         // for one medium or one-size portion
	Allergens   []inventory.Allergen // without those of options
	Groups      []DishGroup          // what can be chosen for it, as it is shown
	Halves      *HalvesPolicy        // nil: both halves are the same
}

// DishGroup is what can be chosen for a dish, on its terms.
type DishGroup struct {
	ID       uuid.UUID      `json:"id"`
	Name     string         `json:"name"`
	Min      int            `json:"min"`
	Max      *int           `json:"max"` // nil: any number
	FreeUpTo int            `json:"freeUpTo"`
	Halves   bool           `json:"halves"`
	Light    *AmountFactors `json:"light"`
	Extra    *AmountFactors `json:"extra"` // nil: this amount can't be chosen
	Options  []DishOption   `json:"options"`
}

// DishOption is something that can be chosen, with its prices in minor units.
type DishOption struct {
	ID           uuid.UUID            `json:"id"`
	Name         string               `json:"name"`
	IsDefault    bool                 `json:"isDefault"`
	IngredientID *uuid.UUID           `json:"ingredientId"`
	Allergens    []inventory.Allergen `json:"allergens"`
	Prices       []struct {
		Size  Size  `json:"size"`
		Price int64 `json:"price"`
		Dose  int64 `json:"dose"` // of the regular amount on the whole
	} `json:"prices"`
}

// Option finds an option that the dish offers.
func (d Dish) Option(id uuid.UUID) (DishGroup, DishOption, bool) {
	for _, g := range d.Groups {
		for _, o := range g.Options {
			if o.ID == id {
				return g, o, true
			}
		}
	}
	return DishGroup{}, DishOption{}, false
}

// HasGroup tells whether the dish has the group.
func (d Dish) HasGroup(id uuid.UUID) bool {
	return slices.ContainsFunc(d.Groups, func(g DishGroup) bool { return g.ID == id })
}

// Price is what the option costs in a size, if it is offered in it.
func (o DishOption) Price(size Size) (price int64, offered bool) {
	for _, p := range o.Prices {
		if p.Size == size {
			return p.Price, true
		}
	}
	return 0, false
}

// Dose is what the regular amount takes in a size, on the whole.
func (o DishOption) Dose(size Size) int64 {
	for _, p := range o.Prices {
		if p.Size == size {
			return p.Dose
		}
	}
	return 0
}

// Ingredient is an amount of one ingredient, in the ingredient's own units.
type Ingredient struct {
	ID       uuid.UUID `json:"ingredientId"`
	Quantity int64     `json:"quantity"`
	// HalfUnits is one if there is half a unit more: halves of odd doses. An order takes whole units of all of them together.
	HalfUnits int64 `json:"halfUnits,omitempty"`
}

// Portion returns what one portion of the size takes.
func (d Dish) Portion(size Size) []Ingredient {
	portion := make([]Ingredient, len(d.Recipe))
	for i, ingredient := range d.Recipe {
		portion[i] = Ingredient{ID: ingredient.ID, Quantity: size.Portion(ingredient.Quantity)}
	}
	return portion
}
