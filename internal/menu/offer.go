package menu

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

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

const maxOffers = 1000

// validOffers refuses a location that is named twice, and prices that make no sense for any item.
func validOffers(changes []OfferChange) error {
	if len(changes) > maxOffers {
		return fault.New(fault.BadUserInput, "Change at most %d locations at once.", maxOffers).At("locations")
	}
	seen := make(map[uuid.UUID]bool, len(changes))
	for i, c := range changes {
		at := strconv.Itoa(i)
		if seen[c.LocationID] {
			return fault.New(fault.BadUserInput, "Name each location once.").At("locations", at, "locationId")
		}
		seen[c.LocationID] = true
		if c.Prices != nil && *c.Prices != nil {
			if err := validPriceList(**c.Prices, "locations", at, "prices"); err != nil {
				return err
			}
		}
	}
	return nil
}

// change brings in what valid changes name, and forgets prices of sizes that are no longer sold. It fails with BAD_USER_INPUT
// for a price of a size that the item isn't sold in.
func (s *State) change(changes []OfferChange) error {
	offers := make(map[uuid.UUID]Offer, len(s.Offers)+len(changes))
	for _, o := range s.Offers {
		o.Prices = slices.DeleteFunc(slices.Clone(o.Prices), func(p Price) bool { return !s.sells(p.Size) })
		offers[o.LocationID] = o
	}
	for i, c := range changes {
		o := offers[c.LocationID]
		o.LocationID = c.LocationID
		patch.Set(&o.IsAvailable, c.IsAvailable)
		if c.Prices != nil {
			o.Prices = nil
			patch.Set(&o.Prices, *c.Prices)
		}
		if other := slices.IndexFunc(o.Prices, func(p Price) bool { return !s.sells(p.Size) }); other >= 0 {
			return fault.New(fault.BadUserInput, "The item is not sold in this size.").
				At("locations", strconv.Itoa(i), "prices", strconv.Itoa(other), "size")
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

func (s *State) sells(size Size) bool {
	return slices.ContainsFunc(s.Prices, func(p Price) bool { return p.Size == size })
}

// SameOffers tells whether all locations do the same in the two states. Offers are in the order of their locations.
func (s *State) SameOffers(other State) bool {
	return slices.EqualFunc(s.Offers, other.Offers, func(a, b Offer) bool {
		return a.LocationID == b.LocationID && patch.Same(a.IsAvailable, b.IsAvailable) && sameInAnyOrder(a.Prices, b.Prices)
	})
}
