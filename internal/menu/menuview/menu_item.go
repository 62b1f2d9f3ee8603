// Package menuview is the read side of the menu: the rows of public.menu_view, as each location sells them, and one query
// handler a file.
package menuview

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/projection"
)

// MenuItem is a dish as the API shows it: as a location sells it, as the catalogue has it, or as it was when it was archived.
// Those of a list are shared: don't change them.
type MenuItem struct {
	ID                 uuid.UUID            `json:"id"`
	Name               string               `json:"name"`
	Description        string               `json:"description"`
	Category           string               `json:"category"`
	IsPizza            bool                 `json:"isPizza"`
	TaxCategory        location.TaxCategory `json:"taxCategory"`
	Prices             []Price              `json:"prices"`    // smallest size first
	Allergens          []inventory.Allergen `json:"allergens"` // with those of the ingredients
	CanBeWithout       []inventory.Allergen `json:"canBeWithout"`
	Diet               *inventory.Diet      `json:"diet"` // that all ingredients are fit for; nil: neither
	OptionGroups       []OptionGroup        `json:"optionGroups"`
	Halves             *menu.HalvesPolicy   `json:"halves"`      // nil: both halves are the same
	Image              *Image               `json:"image"`       // nil: it has none
	IsAvailable        bool                 `json:"isAvailable"` // on the menu, not hidden, and in some size every ingredient in stock
	IsHidden           bool                 `json:"isHidden"`    // the manager took it off the menu for now
	PreparationMinutes int                  `json:"preparationMinutes"`
	Version            int                  `json:"version"`
	ArchivedAt         *time.Time           `json:"archivedAt"` // nil: it is on the menu
	Locations          []Offer              `json:"-"`          // what locations do otherwise than the catalogue
	DeclaredAllergens  []inventory.Allergen `json:"-"`          // beside those of the ingredients

	otherwise bool               // of the catalogue's: some location offers it though it is hidden, or none though it isn't
	document  *projection.Stored // what everybody may see of it, as the API writes it; of items in the menu
}

// HasDocument tells whether the item can write itself (AppendSelected).
func (i *MenuItem) HasDocument() bool { return i.document != nil }

// Price is what one portion costs in one size, in minor units.
type Price struct {
	Size        menu.Size `json:"size"`
	Price       int64     `json:"price"`
	IsAvailable bool      `json:"isAvailable"` // a portion of this size can be had now
}

// VisibleTo tells whether the actor may see the item: customers and visitors see what isn't hidden, staff all that is on the
// menu, and managers what was on it.
func (i *MenuItem) VisibleTo(by auth.Actor) bool {
	switch {
	case i.ArchivedAt != nil:
		return by.Is(auth.RoleManager)
	case i.IsHidden != i.otherwise:
		return by.Staff()
	}
	return true
}

// IsNode marks the item as a node of the API.
func (*MenuItem) IsNode() {}

// AppendSelected implements projection.Object, for items that have a document.
func (i *MenuItem) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return i.document.AppendSelected(out, plan)
}
