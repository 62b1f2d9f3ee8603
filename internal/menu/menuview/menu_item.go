// Package menuview is the read side of the menu: the rows of public.menu_view, and one query handler a file.
package menuview

import (
	"encoding/json"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/projection"
)

// MenuItem is one row of public.menu_view, as the API shows it. Those of a list are shared: don't change them.
type MenuItem struct {
	ID          uuid.UUID            `json:"id"`
	Name        string               `json:"name"`
	Description string               `json:"description"`
	Category    string               `json:"category"`
	IsPizza     bool                 `json:"isPizza"`
	TaxCategory location.TaxCategory `json:"taxCategory"`
	Prices      []Price              `json:"prices"` // smallest size first
	Allergens   []string             `json:"allergens"`
	IsAvailable bool                 `json:"isAvailable"` // on the menu, and every ingredient in stock
	Version     int                  `json:"version"`

	document json.RawMessage // all of it as the API writes it; of items in a list
}

// Price is what one portion costs in one size, in minor units and without tax.
type Price struct {
	Size  menu.Size `json:"size"`
	Price int64     `json:"price"`
}

// IsNode marks the item as a node of the API.
func (*MenuItem) IsNode() {}

// AppendSelected implements projection.Object, for items of a list.
func (i *MenuItem) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return plan.Document(out, i.document, nil)
}
