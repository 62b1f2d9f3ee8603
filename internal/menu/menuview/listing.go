package menuview

import (
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
)

// Listing is one row of public.menu_view: a dish as the catalogue has it, and where it is otherwise. It is shared: don't
// change it.
type Listing struct {
	MenuItem                            // of the catalogue
	Offered        bool                 `json:"isOffered"` // by some location
	Offers         []Offer              `json:"locations"`
	Declared       []inventory.Allergen `json:"declaredAllergens"`
	Fixed          []inventory.Allergen `json:"fixedAllergens"` // those that no choice of options avoids
	SoldOut        []soldOut            `json:"soldOut"`
	OptionsSoldOut []soldOutOptions     `json:"optionsSoldOut"`
	OptionsGone    []soldOutOption      `json:"optionsGone"` // at all locations
	Left           *[]menu.Size         `json:"sizesLeft"`   // the sizes of which something is left somewhere; nil: they need no stock
}

// Offer is what a location does otherwise than the catalogue.
type Offer struct {
	LocationID  uuid.UUID `json:"locationId"`
	IsAvailable *bool     `json:"isAvailable"` // the manager's switch there; nil: as everywhere
	Prices      []Price   `json:"prices"`      // of the sizes that cost something else there; nil: none
}

// soldOut are the sizes that can't be had at a location for want of stock.
type soldOut struct {
	LocationID uuid.UUID   `json:"locationId"`
	Sizes      []menu.Size `json:"sizes"`
}

// At returns the dish as the location sells it.
func (l *Listing) At(location uuid.UUID) *MenuItem {
	item := l.MenuItem
	item.Locations, item.DeclaredAllergens = l.offers(), l.Declared
	var own Offer
	if i := slices.IndexFunc(l.Offers, func(o Offer) bool { return o.LocationID == location }); i >= 0 {
		own = l.Offers[i]
	}
	if own.IsAvailable != nil {
		item.IsHidden = !*own.IsAvailable
	}
	item.Prices = make([]Price, len(l.Prices))
	for i, p := range l.Prices {
		if j := slices.IndexFunc(own.Prices, func(o Price) bool { return o.Size == p.Size }); j >= 0 {
			p.Price = own.Prices[j].Price
		}
		p.IsAvailable = !item.IsHidden && l.isLeft(p.Size, location)
		item.Prices[i] = p
	}
	var gone []soldOutOption
	if i := slices.IndexFunc(l.OptionsSoldOut, func(s soldOutOptions) bool { return s.LocationID == location }); i >= 0 {
		gone = l.OptionsSoldOut[i].Options
	}
	item.OptionGroups = with(l.OptionGroups, gone)
	item.CanBeWithout = item.avoidable(l.Fixed)
	item.IsAvailable = slices.ContainsFunc(item.Prices, func(p Price) bool { return p.IsAvailable })
	return &item
}

// Anywhere returns the dish as the catalogue has it: it can be had if some location has it.
func (l *Listing) Anywhere() *MenuItem {
	item := l.MenuItem
	item.Locations, item.DeclaredAllergens = l.offers(), l.Declared
	item.otherwise = item.IsHidden == l.Offered
	item.Prices = make([]Price, len(l.Prices))
	for i, p := range l.Prices {
		p.IsAvailable = item.IsAvailable && (l.Left == nil || slices.Contains(*l.Left, p.Size)) && offer(l.OptionGroups, p.Size)
		item.Prices[i] = p
	}
	item.IsAvailable = slices.ContainsFunc(item.Prices, func(p Price) bool { return p.IsAvailable })
	item.OptionGroups = with(l.OptionGroups, l.OptionsGone)
	item.CanBeWithout = item.avoidable(l.Fixed)
	return &item
}

// offers lists what locations do otherwise, with which of those sizes can be had there.
func (l *Listing) offers() []Offer {
	if len(l.Offers) == 0 {
		return nil
	}
	offers := make([]Offer, len(l.Offers))
	for i, o := range l.Offers {
		offered := !l.IsHidden
		if o.IsAvailable != nil {
			offered = *o.IsAvailable
		}
		o.Prices = slices.Clone(o.Prices)
		for j := range o.Prices {
			o.Prices[j].IsAvailable = offered && l.isLeft(o.Prices[j].Size, o.LocationID)
		}
		offers[i] = o
	}
	return offers
}

func (l *Listing) isLeft(size menu.Size, location uuid.UUID) bool {
	return offer(l.OptionGroups, size) && !slices.ContainsFunc(l.SoldOut, func(s soldOut) bool { return s.LocationID == location && slices.Contains(s.Sizes, size) })
}
