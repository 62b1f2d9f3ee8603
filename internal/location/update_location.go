package location

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/postal"
)

// UpdateLocation changes a location. What is nil stays; the tax rates are replaced whole.
type UpdateLocation struct {
	By               auth.Actor
	ID               uuid.UUID
	ExpectedVersion  *int // nil: whatever it is
	Name             *string
	Slug             *string
	Phone            *string // "" for none
	Address          *postal.Address
	TimeZone         *string
	DayEndsAt        *TimeOfDay
	Currency         *string // only as long as there are no orders
	PricesIncludeTax *bool
	TaxRates         *[]TaxRate
	DeliveryFee      *int64
	MinimumOrder     *int64
	OrderLimits      *OrderLimits  // replaces all of them
	Zones            *[]ZoneChange // replaces all of them, the first one first
	Kitchen          *Kitchen
}

// Authorize refuses all but managers of all locations: what a location charges is the whole chain's to decide.
func (c UpdateLocation) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate has the rules of CreateLocation, for what is given; but for amounts, whose currency isn't known yet.
func (c UpdateLocation) Validate() error {
	phone := c.Phone
	if phone != nil && *phone == "" {
		phone = nil
	}
	return cmp.Or(
		patch.Check(c.Name, validName), patch.Check(c.Slug, validSlug), validPhone(phone),
		patch.Check(c.Address, func(a postal.Address) error { return a.Validate("address") }),
		patch.Check(c.TimeZone, validTimeZone), patch.Check(c.DayEndsAt, validDayEnd), patch.Check(c.Currency, validCurrency),
		patch.Check(c.TaxRates, validTaxRates), patch.Check(c.OrderLimits, validOrderLimits),
		patch.Check(c.Zones, validZones), patch.Check(c.Kitchen, validKitchen),
	)
}

// locations loads one location, nil for the only one, under a row lock, lets change decide, and saves it: all of it, or
// nothing. It returns which one it is. It fails with NOT_FOUND if there is no such location, with ALREADY_EXISTS if the slug is
// taken, and with BAD_USER_INPUT if there are orders in another currency, or the id is nil and there are several.
type locations interface {
	Update(ctx context.Context, id *uuid.UUID, change func(*Location) error) (uuid.UUID, error)
}

// UpdateLocationHandler handles UpdateLocation.
type UpdateLocationHandler struct {
	Locations locations
	Now       func() time.Time
	NewID     func() uuid.UUID
}

// Handle changes the location in one transaction and returns its id.
func (h *UpdateLocationHandler) Handle(ctx context.Context, cmd UpdateLocation) (uuid.UUID, error) {
	id, err := h.Locations.Update(ctx, &cmd.ID, func(l *Location) error { return l.update(cmd, h.NewID, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("update location %s: %w", cmd.ID, err)
	}
	return id, nil
}

// update changes what a valid command names; a command that changes nothing raises no version. It fails with VERSION_CONFLICT
// if whoever asks decided on another version, and with BAD_USER_INPUT if an amount can't be paid in the location's currency.
func (l *Location) update(cmd UpdateLocation, newID func() uuid.UUID, at time.Time) error {
	if err := l.admit(cmd.ExpectedVersion); err != nil {
		return err
	}
	s := l.state
	if cmd.Name != nil {
		s.Name = cleaned(*cmd.Name)
	}
	if cmd.Phone != nil {
		s.Phone = cleanedPhone(cmd.Phone)
	}
	patch.Set(&s.Slug, cmd.Slug)
	if cmd.Address != nil {
		s.Address = cmd.Address.Cleaned()
	}
	patch.Set(&s.TimeZone, cmd.TimeZone)
	patch.Set(&s.DayEndsAt, cmd.DayEndsAt)
	patch.Set(&s.Currency, cmd.Currency)
	patch.Set(&s.PricesIncludeTax, cmd.PricesIncludeTax)
	patch.Set(&s.TaxRates, cmd.TaxRates)
	patch.Set(&s.DeliveryFee, cmd.DeliveryFee)
	patch.Set(&s.MinimumOrder, cmd.MinimumOrder)
	patch.Set(&s.OrderLimits, cmd.OrderLimits)
	patch.Set(&s.Kitchen, cmd.Kitchen)
	if err := s.changeZones(cmd.Zones, newID); err != nil {
		return err
	}
	if s.equal(l.state) {
		return nil
	}
	if !s.sameAmounts(l.state.Charges) {
		if err := s.valid(); err != nil {
			return err
		}
	}
	l.state = s
	l.record(LocationChanged, cmd.By, at)
	return nil
}

// equal tells whether two states of a location are the same.
func (s State) equal(other State) bool {
	return s.Name == other.Name && s.Slug == other.Slug && patch.Same(s.Phone, other.Phone) && s.Calendar == other.Calendar &&
		s.Address.Equal(other.Address) && s.sameAmounts(other.Charges) && s.PricesIncludeTax == other.PricesIncludeTax &&
		s.OrderLimits.equal(other.OrderLimits) && slices.EqualFunc(s.TaxRates, other.TaxRates, TaxRate.equal) && s.Kitchen == other.Kitchen &&
		slices.EqualFunc(s.Zones, other.Zones, Zone.equal) && slices.EqualFunc(s.Services, other.Services, Service.equal)
}
