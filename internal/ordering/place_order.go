package ordering

import (
	"cmp"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

// PlaceOrder orders from the menu. Prices, fees and tax are the server's.
type PlaceOrder struct {
	OrderID        uuid.UUID  `json:"-"` // given by the pipeline
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	// Address is the network address that the client connects from, and LastQuote the quote that a visitor's browser was given
	// last; nil: none, or it is no browser.
	Address   string     `json:"-"`
	LastQuote *uuid.UUID `json:"-"`
	// LocationID is where; nil for the only location.
	LocationID *uuid.UUID `json:"locationId"`
	// QuoteID is in the place of items, location, fulfillment, address, time, codes and tip; nil: these are given.
	QuoteID *uuid.UUID `json:"quoteId"`
	Details
	Items           []ItemRequest   `json:"items"`
	DeliveryAddress *postal.Address `json:"deliveryAddress"`
	PaymentMethod   payment.Method  `json:"paymentMethod"`
	PaymentToken    *string         `json:"paymentToken"`
	Tip             int64           `json:"tip"`
	CouponCodes     []string        `json:"couponCodes"`
	// ExpectedTotal is what the customer was shown, in minor units; nil: whatever it costs. Its JSON is a text, since to
	// expect nothing to pay is another request than to expect nothing (cqrs.Fingerprint).
	ExpectedTotal *int64 `json:"expectedTotal,string,omitempty"`
	// Contact is whom the shop turns to; nil: whoever is signed in, by the profile.
	Contact *Contact `json:"contact"`
}

// ItemRequest asks for some portions of one dish in one size.
type ItemRequest struct {
	MenuItemID   uuid.UUID
	Size         menu.Size
	Quantity     int
	Instructions *string
	Options      []OptionRequest
	SecondHalf   *SecondHalfRequest // nil: one item
}

const (
	maxLines    = 50
	maxQuantity = 50
	maxTip      = 1_000_000_000_000 // no order comes to more, in any currency
)

// Intent names what must happen once.
func (c PlaceOrder) Intent() cqrs.Intent {
	if c.By.SignedIn() {
		return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
	}
	return cqrs.Intent{Key: c.guestKey()}
}

// WithSubject sets the id of the order to be.
func (c PlaceOrder) WithSubject(id uuid.UUID) PlaceOrder {
	c.OrderID = id
	return c
}

// Validate refuses what makes no sense whatever the menu says.
func (c PlaceOrder) Validate() error {
	what := c.checkItems
	if c.QuoteID != nil {
		what = c.checkNothingBesideQuote
	}
	if err := what(); err != nil {
		return err
	}
	return cmp.Or(c.checkContact(), c.checkPayment(), c.checkSource(), validText(c.SpecialInstructions, "specialInstructions"), validToken(c.PaymentToken))
}

func (c PlaceOrder) checkItems() error {
	if err := validItems(c.Items); err != nil {
		return err
	}
	switch {
	case c.Fulfillment == "":
		return fault.New(fault.BadUserInput, "Say how the food reaches the customer, or name a quote.").At("fulfillment")
	case c.Tip < 0:
		return fault.New(fault.BadUserInput, "A tip isn't less than nothing.").At("tip")
	case c.Tip > maxTip:
		return tipTooLarge()
	case c.Fulfillment == Pickup && c.DeliveryAddress != nil:
		return fault.New(fault.BadUserInput, "A pickup takes no address.").At("deliveryAddress")
	case c.Fulfillment == Delivery && c.DeliveryAddress == nil:
		return noAddress()
	}
	if err := validCodes(c.CouponCodes); err != nil {
		return err
	}
	if c.Fulfillment == Delivery {
		return c.DeliveryAddress.Validate("deliveryAddress")
	}
	return nil
}

func noAddress() error {
	return fault.New(fault.BadUserInput, "A delivery needs an address.").At("deliveryAddress")
}

func (c PlaceOrder) checkPayment() error {
	given := c.PaymentToken != nil && *c.PaymentToken != ""
	switch {
	case c.PaymentMethod == payment.Card && !given:
		return fault.New(fault.BadUserInput, "Paying by card needs a payment token.").At("paymentToken")
	case c.PaymentMethod == payment.Cash && given:
		return fault.New(fault.BadUserInput, "Paying in cash takes no payment token.").At("paymentToken")
	}
	return nil
}

func validItems(items []ItemRequest) error {
	if len(items) < 1 || len(items) > maxLines {
		return fault.New(fault.BadUserInput, "An order has 1 to %d lines.", maxLines).At("items")
	}
	for i, item := range items {
		if item.Quantity < 1 || item.Quantity > maxQuantity {
			return fault.New(fault.BadUserInput, "Order 1 to %d portions of a dish.", maxQuantity).At("items", strconv.Itoa(i), "quantity")
		}
		if err := cmp.Or(validText(item.Instructions, "items", strconv.Itoa(i), "instructions"), item.checkOptions("items", strconv.Itoa(i))); err != nil {
			return err
		}
	}
	return nil
}

// checkSource refuses to have an order taken by phone or at the counter by somebody who is no staff.
func (c PlaceOrder) checkSource() error {
	if c.Source == "" || c.Source == Web || c.By.Staff() {
		return nil
	}
	return fault.New(fault.BadUserInput, "Only staff take orders by phone or at the counter.").At("source")
}

// checkTotal refuses, with PRICE_CHANGED, to place an order that costs something else than the customer was shown.
func (c PlaceOrder) checkTotal(total int64) error {
	if c.ExpectedTotal == nil || *c.ExpectedTotal == total {
		return nil
	}
	return fault.New(fault.PriceChanged, "The order costs something else now. Nothing was placed.").
		With(fault.Details{Total: total}).At("expectedTotal")
}
