package ordering

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
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

// dishes reads what can be ordered at a location, as it is on the menu now.
type dishes interface {
	Dishes(ctx context.Context, at uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]menu.Dish, error)
}

// Place is a location as a new order finds it.
type Place struct {
	LocationID uuid.UUID
	location.Calendar
	location.Charges
	location.OrderLimits
	Service  location.Service // of the order's fulfillment
	Kitchen  location.Kitchen
	Promised []location.Baking // by its kitchen, of what it still has to make
	Learned  []LearnedTime     // of the order's dishes; none where the configured times count
	Zone     *location.Zone    // of the order's address, if it is in one
	HasZones bool
}

// Destination is where a new order comes from, and where it goes.
type Destination struct {
	LocationID  *uuid.UUID // nil: the only location
	Fulfillment Fulfillment
	PostalCode  string      // of a delivery
	Dishes      []uuid.UUID // whose learned times are asked for
	// WithoutQuotes are quotes for which the oven isn't held: the new order takes their place.
	WithoutQuotes []uuid.UUID
}

// places finds the location of a new order, and what it offers for the destination. It fails with NOT_FOUND if there is no such
// location, and with BAD_USER_INPUT if the id is missing and there are several.
type places interface {
	Place(ctx context.Context, of Destination) (Place, error)
}

// newOrders stores a new order and reserves its stock in one transaction. Adding an order that is there already, left
// by an earlier try, changes nothing. It fails with INSUFFICIENT_STOCK if an ingredient doesn't reach, and with what limits
// says of what the customer, or the guest, has open with this order.
//
// AddQuoted does so for an order that was quoted: what the quote holds becomes the order's, and the quote is gone. It fails with
// QUOTE_EXPIRED if it was gone before, and with COUPON_REFUSED if its promotions aren't for this customer.
type newOrders interface {
	Add(ctx context.Context, order *Order, limits location.OrderLimits) error
	AddQuoted(ctx context.Context, order *Order, quote uuid.UUID, limits location.OrderLimits) error
	Has(ctx context.Context, id uuid.UUID) (bool, error)
}

// amounts tells what can be paid in one payment.
type amounts interface {
	Amounts(currency string) payment.Amounts
}

// promotions reads what may make an order at a location cheaper, and what is known of the customer for that.
type promotions interface {
	Applicable(ctx context.Context, at, customer uuid.UUID, codes []string, now time.Time) ([]pricing.Promotion, pricing.Customer, error)
}

// PlaceOrderHandler reserves stock and stores the order, PENDING; its payment is then settled apart.
type PlaceOrderHandler struct {
	Orders     newOrders
	Dishes     dishes
	Promotions promotions
	Places     places
	Quotes     quoted
	Zones      *location.Zones
	Gateway    amounts
	Now        func() time.Time
	NewID      func() uuid.UUID
}

// Handle prices the order from the menu and adds it, or adds the order that was quoted.
func (h *PlaceOrderHandler) Handle(ctx context.Context, cmd PlaceOrder) (Receipt, error) {
	cmd = cmd.byWhoOrders()
	if cmd.QuoteID != nil {
		return h.placeQuoted(ctx, cmd)
	}
	if err := h.Quotes.DropOf(ctx, cmd.quotes()); err != nil { // it would be in the way of the order
		return Receipt{}, fmt.Errorf("give back what the customer holds: %w", err)
	}
	place, err := h.Places.Place(ctx, cmd.destination())
	if err != nil {
		return Receipt{}, fmt.Errorf("look up the location: %w", err)
	}
	cmd.By = cmd.By.At(place.LocationID)
	if err := cmd.checkSource(); err != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, err)
	}
	onMenu, err := h.Dishes.Dishes(ctx, place.LocationID, dishIDs(cmd.Items))
	if err != nil {
		return Receipt{}, fmt.Errorf("read the menu: %w", err)
	}
	lines, err := cmd.lines(onMenu, h.NewID)
	if err != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, err)
	}
	at := h.Now()
	place, way, err := place.deliver(cmd.Fulfillment)
	if err != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, err)
	}
	plan, err := place.plan(lines, way, cmd.ScheduledFor, at, h.Zones)
	if err != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, err)
	}
	day, err := place.BusinessDay(*cmp.Or(cmd.ScheduledFor, &at), h.Zones)
	if err != nil {
		return Receipt{}, fmt.Errorf("tell the business day: %w", err)
	}
	basket, err := basketWithPromotions(ctx, h.Promotions, h.Zones, cmd, place, at)
	if err != nil {
		return Receipt{}, err
	}
	wanted := draft(cmd, lines, basket, place)
	wanted.BusinessDay = day
	wanted.promise(plan)
	order := newOrder(cmd, wanted, h.NewID(), at)
	refusal := cmp.Or(
		order.state.checkCoupons(), order.state.checkAmounts(h.Gateway.Amounts(order.state.Currency)), order.state.checkMinimum(place.Charges), cmd.checkTotal(order.state.Totals.Total),
	)
	if refusal != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, refusal)
	}
	if err := h.Orders.Add(ctx, order, place.limitsFor(cmd.By)); err != nil {
		return Receipt{}, fmt.Errorf("place order: %w", err)
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.state.Payment.viaGateway()}, nil
}

// quotes are whose quotes the order takes the place of.
func (c PlaceOrder) quotes() QuotesOf {
	if c.By.SignedIn() {
		return QuotesOf{Customer: &c.By.ID}
	}
	return QuotesOf{Last: c.LastQuote}
}

func (c PlaceOrder) destination() Destination {
	of := Destination{LocationID: c.LocationID, Fulfillment: c.Fulfillment, Dishes: dishIDs(c.Items)}
	if c.DeliveryAddress != nil {
		of.PostalCode = c.DeliveryAddress.PostalCode
	}
	return of
}

// unlessPlaced keeps a refusal from a request whose first try placed the order, before the menu changed.
func (h *PlaceOrderHandler) unlessPlaced(ctx context.Context, id uuid.UUID, refusal error) (Receipt, error) {
	placed, err := h.Orders.Has(ctx, id)
	switch {
	case err != nil:
		return Receipt{}, fmt.Errorf("look for order %s: %w", id, err)
	case placed:
		return Receipt{OrderID: id, Settle: true}, nil
	}
	return Receipt{}, refusal
}

// checkTotal refuses, with PRICE_CHANGED, to place an order that costs something else than the customer was shown.
func (c PlaceOrder) checkTotal(total int64) error {
	if c.ExpectedTotal == nil || *c.ExpectedTotal == total {
		return nil
	}
	return fault.New(fault.PriceChanged, "The order costs something else now. Nothing was placed.").
		With(fault.Details{Total: total}).At("expectedTotal")
}

// limitsFor returns what an actor may have open; staff take orders for others.
func (p Place) limitsFor(by auth.Actor) location.OrderLimits {
	if by.Staff() {
		return location.OrderLimits{}
	}
	return p.OrderLimits
}

// draft is the order, but for who places it and how it is paid.
func draft(cmd PlaceOrder, lines []Line, basket pricing.Basket, place Place) State {
	lines, cost := priced(lines, basket)
	s := State{
		LocationID: place.LocationID, Details: cmd.Details, Currency: place.Currency,
		Lines: lines, Totals: cost.Totals, Taxes: cost.Taxes, PriceLines: cost.PriceLines, Coupons: cost.Coupons, Promotions: cost.Applied,
	}
	if cmd.Fulfillment == Delivery && cmd.DeliveryAddress != nil {
		s.Address = new(cmd.DeliveryAddress.Cleaned())
	}
	return s
}

// newOrder places a draft. Nothing is asked for in advance for cash, nor for what is free: such an order is confirmed at once.
func newOrder(cmd PlaceOrder, wanted State, paymentID uuid.UUID, at time.Time) *Order {
	o := &Order{stock: StockReserved, state: wanted}
	o.state.ID, o.state.Status, o.state.PlacedAt = cmd.OrderID, Pending, at
	o.state.Customer, o.state.Guest = cmd.customer(), cmd.guest()
	o.state.Payment = Payment{ID: paymentID, Method: cmd.PaymentMethod, Status: payment.Pending, Amount: wanted.Totals.Total}
	o.state.Source = cmp.Or(cmd.Source, Web)
	o.state.SpecialInstructions = cleaned(cmd.SpecialInstructions)
	if o.state.Payment.viaGateway() {
		o.state.Payment.attempt(cmd.OrderID, *cmd.PaymentToken, at)
	}
	o.record(OrderPlaced, "", Pending, cmd.By, nil, at)
	if !wanted.Promise.Likely.IsZero() {
		o.events[0].Promise = &wanted.Promise
	}
	if !o.state.Payment.viaGateway() {
		o.moveBySystem(Confirm, nil, at)
	}
	return o
}
