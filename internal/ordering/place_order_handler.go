package ordering

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
)

// dishes reads what can be ordered at a location, as it is on the menu now.
type dishes interface {
	Dishes(ctx context.Context, at uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]menu.Dish, error)
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
	lines, cost := priced(lines, basket)
	wanted := draft(cmd, lines, basket, cost, place)
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

// draft is the order, but for who places it and how it is paid.
func draft(cmd PlaceOrder, lines []Line, basket pricing.Basket, cost pricing.Priced, place Place) State {
	s := State{
		LocationID: place.LocationID, Details: cmd.Details, Currency: place.Currency,
		Lines: lines, Totals: cost.Totals, Taxes: cost.Taxes, PriceLines: cost.PriceLines, Coupons: cost.Coupons, Promotions: cost.Applied, Rules: rulesOf(basket, cost),
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
