package menustore

import (
	"github.com/google/uuid"

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
	Allergens          []string                   `json:"allergens"`
	IsAvailable        bool                       `json:"isAvailable"`
	PreparationMinutes int                        `json:"preparationMinutes"`
	Ingredients        map[uuid.UUID]int          `json:"ingredients"`
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
		Ingredients: map[uuid.UUID]int{}, IsArchived: s.ArchivedAt != nil, Locations: map[uuid.UUID]auditedOffer{},
	}
	for _, line := range s.Recipe {
		a.Ingredients[line.IngredientID] = line.Quantity
	}
	for _, o := range s.Offers {
		a.Locations[o.LocationID] = auditedOffer{o.IsAvailable, pricesBySize(o.Prices)}
	}
	return a
}

func pricesBySize(prices []menu.Price) map[menu.Size]int64 {
	bySize := make(map[menu.Size]int64, len(prices))
	for _, p := range prices {
		bySize[p.Size] = p.Price
	}
	return bySize
}
