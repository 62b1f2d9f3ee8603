package location

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

// Zone is where a location delivers, and for what; amounts are in minor units of its currency.
type Zone struct {
	ID           uuid.UUID `json:"id"`
	Name         string    `json:"name"`
	PostalCodes  []string  `json:"postalCodes"` // as postal.Pattern writes them
	Fee          int64     `json:"fee"`
	MinimumOrder int64     `json:"minimumOrder"`
	Minutes      int       `json:"minutes"` // for the way
}

const (
	maxWay        = 240 // minutes
	maxZones      = 100
	maxZonesCodes = 1_000
)

func (z Zone) equal(other Zone) bool {
	return z.ID == other.ID && z.Name == other.Name && slices.Equal(z.PostalCodes, other.PostalCodes) && z.Fee == other.Fee &&
		z.MinimumOrder == other.MinimumOrder && z.Minutes == other.Minutes
}

// OutsideDeliveryArea is the refusal to deliver to a postal code that is in none of a location's zones.
func OutsideDeliveryArea(path ...string) *fault.Error {
	return fault.New(fault.OutsideDeliveryArea, "Nothing is delivered to this postal code from here.").At(path...)
}

// ZoneChange is a zone as a manager wants it. One without an id is new.
type ZoneChange struct {
	ID           *uuid.UUID
	Name         string
	PostalCodes  []string
	Fee          int64
	MinimumOrder int64
	Minutes      int
}

// validZones refuses, with BAD_USER_INPUT, what no zones can be; but for amounts, whose currency isn't known yet.
func validZones(zones []ZoneChange) error {
	if len(zones) > maxZones {
		return fault.New(fault.BadUserInput, "There are %d zones at most.", maxZones).At("zones")
	}
	for i, z := range zones {
		at := func(path ...string) []string { return append([]string{"zones", strconv.Itoa(i)}, path...) }
		if err := validName(z.Name); err != nil {
			return fault.New(fault.BadUserInput, "A name has 1 to %d characters on one line.", maxName).At(at("name")...)
		}
		if len(z.PostalCodes) < 1 || len(z.PostalCodes) > maxZonesCodes {
			return fault.New(fault.BadUserInput, "A zone has 1 to %d postal codes.", maxZonesCodes).At(at("postalCodes")...)
		}
		for j, code := range z.PostalCodes {
			if _, err := postal.Pattern(code); err != nil {
				return err.At(at("postalCodes", strconv.Itoa(j))...)
			}
		}
		if z.Minutes < 0 || z.Minutes > maxWay {
			return fault.New(fault.BadUserInput, "The way takes 0 to %d minutes.", maxWay).At(at("minutes")...)
		}
	}
	return nil
}

// changedZones returns the zones that valid changes make of those there are. It fails with NOT_FOUND for an id that none of
// them has.
func changedZones(there []Zone, changes []ZoneChange, newID func() uuid.UUID) ([]Zone, error) {
	zones := make([]Zone, len(changes))
	for i, c := range changes {
		z := Zone{Name: cleaned(c.Name), Fee: c.Fee, MinimumOrder: c.MinimumOrder, Minutes: c.Minutes}
		known := func(z Zone) bool { return c.ID != nil && z.ID == *c.ID }
		switch {
		case c.ID == nil:
			z.ID = newID()
		case !slices.ContainsFunc(there, known) || slices.ContainsFunc(zones[:i], known):
			return nil, fault.New(fault.NotFound, "There is no such zone, or it is named twice.").At("zones", strconv.Itoa(i), "id")
		default:
			z.ID = *c.ID
		}
		for _, code := range c.PostalCodes {
			pattern, _ := postal.Pattern(code)
			z.PostalCodes = append(z.PostalCodes, pattern)
		}
		zones[i] = z
	}
	return zones, nil
}

func (z Zone) validAmounts(currency string, at ...string) error {
	return cmp.Or(ValidAmount(z.Fee, currency, append(slices.Clone(at), "fee")...), ValidAmount(z.MinimumOrder, currency, append(slices.Clone(at), "minimumOrder")...))
}

// Delivering returns the charges of a delivery to a zone.
func (c Charges) Delivering(to Zone) Charges {
	c.DeliveryFee, c.MinimumOrder = to.Fee, to.MinimumOrder
	return c
}

// changeZones replaces the zones if others are given; all of them must be payable in the location's currency.
func (s *State) changeZones(given *[]ZoneChange, newID func() uuid.UUID) error {
	if given != nil {
		zones, err := changedZones(s.Zones, *given, newID)
		if err != nil {
			return err
		}
		s.Zones = zones
	}
	for i, z := range s.Zones {
		if err := z.validAmounts(s.Currency, "zones", strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}
