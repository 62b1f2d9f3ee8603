// Package menuview is the read side of the menu: the rows of public.menu_view, and one query handler a file.
package menuview

import (
	"github.com/google/uuid"

	"pizzeria/internal/menu"
)

// columns of public.menu_view, named so that a view recreated with more of them breaks nothing.
const columns = `id, name, description, category, prices, allergens, is_available, version`

// MenuItem is one row of public.menu_view, as the API shows it.
type MenuItem struct {
	ID          uuid.UUID
	Name        string
	Description string
	Category    string
	Prices      []Price  `gorm:"serializer:json"` // smallest size first
	Allergens   []string `gorm:"serializer:json"`
	IsAvailable bool     // on the menu, and every ingredient in stock
	Version     int
}

// Price is what one portion costs in one size, in minor units and without tax.
type Price struct {
	Size  menu.Size `json:"size"`
	Price int64     `json:"price"`
}

// IsNode marks the item as a node of the API.
func (*MenuItem) IsNode() {}
