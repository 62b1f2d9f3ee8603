package menu

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// Offer is what a location does otherwise than the catalogue.
type Offer struct {
	LocationID  uuid.UUID
	IsAvailable *bool   // the manager's switch there; nil: as everywhere
	Prices      []Price // of the sizes that cost something else there
}

// OfferChange changes one location's offer. What is nil stays; what points to nil is as everywhere again.
type OfferChange struct {
	LocationID  uuid.UUID
	IsAvailable **bool
	Prices      **[]Price
}

// MarshalJSON writes what requests are compared by (cqrs.Fingerprint). In a list, false isn't the same as nothing.
func (c OfferChange) MarshalJSON() ([]byte, error) {
	var asked struct {
		LocationID  uuid.UUID
		IsAvailable []bool
		Prices      []Price
	}
	asked.LocationID = c.LocationID
	if c.IsAvailable != nil && *c.IsAvailable != nil {
		asked.IsAvailable = []bool{**c.IsAvailable}
	}
	if c.Prices != nil && *c.Prices != nil {
		asked.Prices = **c.Prices
	}
	return json.Marshal(asked)
}

// Currencies are those of the locations that there are.
type Currencies map[uuid.UUID]string

const maxOffers = 1000

// validOffers refuses a location that is named twice, and prices that make no sense for any item.
func validOffers(changes []OfferChange) error {
	if len(changes) > maxOffers {
		return fault.New(fault.BadUserInput, "Change at most %d locations at once.", maxOffers).At("locations")
	}
	places := make([]uuid.UUID, len(changes))
	for i, c := range changes {
		places[i] = c.LocationID
		if c.Prices != nil && *c.Prices != nil {
			if err := validPriceList(**c.Prices, "locations", strconv.Itoa(i), "prices"); err != nil {
				return err
			}
		}
	}
	return location.NamedOnce(places, "locations", "locationId")
}

// change brings in what valid changes name, and forgets prices of sizes that are no longer sold. It fails with NOT_FOUND if there
// is no such location, and with BAD_USER_INPUT for a price of a size that the item isn't sold in, or one that can't be paid in the
// location's currency.
func (s *State) change(changes []OfferChange, currencies Currencies) error {
	offers := make(map[uuid.UUID]Offer, len(s.Offers)+len(changes))
	for _, o := range s.Offers {
		o.Prices = slices.DeleteFunc(slices.Clone(o.Prices), func(p Price) bool { return !s.sells(p.Size) })
		offers[o.LocationID] = o
	}
	for i, c := range changes {
		at := []string{"locations", strconv.Itoa(i)}
		currency, found := currencies[c.LocationID]
		if !found {
			return location.NotFound().At(append(at, "locationId")...)
		}
		o := offers[c.LocationID]
		o.LocationID = c.LocationID
		patch.Set(&o.IsAvailable, c.IsAvailable)
		if c.Prices != nil {
			before := o.Prices
			o.Prices = nil
			patch.Set(&o.Prices, *c.Prices)
			if err := s.sellable(o.Prices, before, currency, append(at, "prices")); err != nil {
				return err
			}
		}
		offers[c.LocationID] = o
	}
	s.Offers = nil
	for _, o := range offers {
		if o.IsAvailable != nil || len(o.Prices) > 0 {
			s.Offers = append(s.Offers, o)
		}
	}
	slices.SortFunc(s.Offers, func(a, b Offer) int { return slices.Compare(a.LocationID[:], b.LocationID[:]) })
	return nil
}

// sellable refuses prices of sizes that the item isn't sold in, and new ones that can't be paid.
func (s *State) sellable(prices, before []Price, currency string, path []string) error {
	for i, p := range prices {
		at := slices.Concat(path, []string{strconv.Itoa(i)})
		if !s.sells(p.Size) {
			return fault.New(fault.BadUserInput, "The item is not sold in this size.").At(append(at, "size")...)
		}
		if slices.Contains(before, p) {
			continue
		}
		if err := location.ValidAmount(p.Price, currency, append(at, "price")...); err != nil {
			return err
		}
	}
	return nil
}

func (s *State) sells(size Size) bool {
	return slices.ContainsFunc(s.Prices, func(p Price) bool { return p.Size == size })
}

// SameOffers tells whether all locations do the same in the two states. Offers are in the order of their locations.
func (s *State) SameOffers(other State) bool {
	return slices.EqualFunc(s.Offers, other.Offers, func(a, b Offer) bool {
		return a.LocationID == b.LocationID && patch.Same(a.IsAvailable, b.IsAvailable) && sameInAnyOrder(a.Prices, b.Prices)
	})
}
