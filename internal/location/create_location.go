package location

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/postal"
)

// CreateLocation opens a place to sell at.
type CreateLocation struct {
	ID             uuid.UUID      `json:"-"` // given by the pipeline
	By             auth.Actor     `json:"-"`
	IdempotencyKey string         `json:"-"`
	Name           string         `json:"name"`
	Slug           string         `json:"slug"`
	Phone          *string        `json:"phone"`
	Address        postal.Address `json:"address"`
	TimeZone       string         `json:"timeZone"`
	DayEndsAt      TimeOfDay      `json:"dayEndsAt"`
	Currency       string         `json:"currency"`
	// PricesIncludeTax tells whether the menu's prices contain the tax.
	PricesIncludeTax bool      `json:"pricesIncludeTax"`
	TaxRates         []TaxRate `json:"taxRates"`
	DeliveryFee      int64     `json:"deliveryFee"`
	MinimumOrder     int64     `json:"minimumOrder"`
	// OrderLimits are DefaultOrderLimits if they are nil.
	OrderLimits *OrderLimits `json:"orderLimits"`

	// The API sets these afterwards; nil: as DefaultService and DefaultKitchen have it, and deliveries anywhere.
	Services []Service `json:"-"`
	Zones    []Zone    `json:"-"`
	Kitchen  *Kitchen  `json:"-"`
}

// Intent names what must happen once.
func (c CreateLocation) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the location to be.
func (c CreateLocation) WithSubject(id uuid.UUID) CreateLocation {
	c.ID = id
	return c
}

// Authorize refuses all but managers of all locations: which locations there are is the whole chain's to decide.
func (c CreateLocation) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate refuses, with BAD_USER_INPUT, what no location can be.
func (c CreateLocation) Validate() error {
	return cmp.Or(
		cqrs.ValidKey(c.IdempotencyKey), validName(c.Name), validSlug(c.Slug), validPhone(c.Phone), c.Address.Validate("address"),
		validTimeZone(c.TimeZone), validDayEnd(c.DayEndsAt), validCurrency(c.Currency), validTaxRates(c.TaxRates), c.charges().valid(),
		patch.Check(c.OrderLimits, validOrderLimits),
	)
}

// newLocations stores a new location; one that is there already, left by an earlier try, stays as it is. It fails with
// ALREADY_EXISTS if the slug is taken.
type newLocations interface {
	Add(ctx context.Context, l *Location) error
}

// CreateLocationHandler handles CreateLocation.
type CreateLocationHandler struct {
	Locations newLocations
	Now       func() time.Time
}

// Handle stores the location and returns its id.
func (h *CreateLocationHandler) Handle(ctx context.Context, cmd CreateLocation) (uuid.UUID, error) {
	if err := h.Locations.Add(ctx, NewLocation(cmd, h.Now())); err != nil {
		return uuid.Nil, fmt.Errorf("create location: %w", err)
	}
	return cmd.ID, nil
}

// NewLocation makes the location that a valid command asks for.
func NewLocation(cmd CreateLocation, at time.Time) *Location {
	l := &Location{state: State{
		ID: cmd.ID, Name: cleaned(cmd.Name), Slug: cmd.Slug, Phone: cleanedPhone(cmd.Phone), Address: cmd.Address.Cleaned(),
		Calendar: Calendar{TimeZone: cmd.TimeZone, DayEndsAt: cmd.DayEndsAt},
		Charges:  cmd.charges(), OrderLimits: *cmp.Or(cmd.OrderLimits, new(DefaultOrderLimits())),
		Services: cmd.Services, Zones: cmd.Zones, Kitchen: *cmp.Or(cmd.Kitchen, new(DefaultKitchen())), CreatedAt: at,
	}}
	l.record(LocationAdded, cmd.By, at)
	return l
}

func (c CreateLocation) charges() Charges {
	return Charges{
		Currency: c.Currency, PricesIncludeTax: c.PricesIncludeTax, TaxRates: c.TaxRates, DeliveryFee: c.DeliveryFee, MinimumOrder: c.MinimumOrder,
	}
}
