package menu

import (
	"time"

	"github.com/google/uuid"

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
	Recipe      []Ingredient // for one medium or one-size portion
}

// Ingredient is an amount of one ingredient, in the ingredient's own units.
type Ingredient struct {
	ID       uuid.UUID `json:"ingredientId"`
	Quantity int64     `json:"quantity"`
}

// Portion returns what one portion of the size takes.
func (d Dish) Portion(size Size) []Ingredient {
	portion := make([]Ingredient, len(d.Recipe))
	for i, ingredient := range d.Recipe {
		portion[i] = Ingredient{ID: ingredient.ID, Quantity: size.Portion(ingredient.Quantity)}
	}
	return portion
}
