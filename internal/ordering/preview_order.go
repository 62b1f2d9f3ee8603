package ordering

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

// PreviewOrder asks what an order would cost, by the calculation with which it is then placed, and what stands in its way.
// Nothing is held.
type PreviewOrder struct {
	By auth.Actor
	// Last is the quote that the client's browser was given last; nil: none, or it is no browser.
	Last            *uuid.UUID
	LocationID      *uuid.UUID // nil for the only location
	Items           []ItemRequest
	Fulfillment     Fulfillment
	DeliveryAddress *postal.Address // nil: not known yet
	ScheduledFor    *time.Time      // nil: as soon as possible
	CouponCodes     []string
	Tip             int64
}

// Preview is what an order would cost, and why.
type Preview struct {
	pricing.Priced
	// Allergens are of each item as configured; none of what can't be ordered.
	Allergens [][]inventory.Allergen
	// Promise is when such an order would be there; nil if it can't be placed now.
	Promise *location.Promise
	// Problems are why it can't be ordered as it is.
	Problems []Problem
}

// Validate refuses what makes no sense whatever the menu says.
func (c PreviewOrder) Validate() error {
	if err := cmp.Or(validItems(c.Items), validCodes(c.CouponCodes)); err != nil {
		return err
	}
	switch {
	case c.Tip < 0:
		return fault.New(fault.BadUserInput, "A tip isn't less than nothing.").At("tip")
	case c.Tip > maxTip:
		return tipTooLarge()
	case c.Fulfillment == Pickup && c.DeliveryAddress != nil:
		return fault.New(fault.BadUserInput, "A pickup takes no address.").At("deliveryAddress")
	case c.DeliveryAddress != nil:
		return c.DeliveryAddress.Validate("deliveryAddress")
	}
	return nil
}

// customer is the account that asks; nil: a visitor.
func (c PreviewOrder) customer() *uuid.UUID {
	if c.By.ID == uuid.Nil {
		return nil
	}
	return &c.By.ID
}

// stock tells which ingredients don't reach at a location, or are sold out there.
type stock interface {
	Short(ctx context.Context, at uuid.UUID, now time.Time, needs map[uuid.UUID]int64) ([]uuid.UUID, error)
}

// holdings reads what a client holds: the customer's quote, and the last one of a visitor's browser; nil: none.
type holdings interface {
	Holding(ctx context.Context, customer *uuid.UUID, last *uuid.UUID) (Holding, error)
}

// PreviewOrderHandler handles PreviewOrder.
type PreviewOrderHandler struct {
	Held       holdings
	Dishes     dishes
	Places     places
	Promotions promotions
	Stock      stock
	Zones      *location.Zones
	Gateway    amounts
	Now        func() time.Time
}

// Handle prices what can be ordered of the items, and tells what can't. What the client holds already counts as free: the next
// quote takes its place. It fails with NOT_FOUND if there is no such location, and with BAD_USER_INPUT if none is named and there
// are several.
func (h *PreviewOrderHandler) Handle(ctx context.Context, q PreviewOrder) (*Preview, error) {
	held, err := h.Held.Holding(ctx, q.customer(), q.Last)
	if err != nil {
		return nil, fmt.Errorf("look at what is held: %w", err)
	}
	calculated, err := h.calculate(ctx, q, held, h.Now())
	if err != nil {
		return nil, err
	}
	return &calculated.Preview, nil
}

// calculation is a preview, and the order as it would be placed, but for who places it and how it is paid.
type calculation struct {
	Preview
	place Place
	plan  planned // zero if nothing can be promised
	order State
}

// calculate makes a preview, as if what is held already were free.
func (h *PreviewOrderHandler) calculate(ctx context.Context, q PreviewOrder, held Holding, now time.Time) (*calculation, error) {
	cmd := PlaceOrder{
		By: q.By, LocationID: q.LocationID, Details: Details{Fulfillment: q.Fulfillment, ScheduledFor: q.ScheduledFor},
		DeliveryAddress: q.DeliveryAddress, Tip: q.Tip, CouponCodes: q.CouponCodes,
	}
	to := cmd.destination()
	to.WithoutQuotes, to.Dishes = held.Quotes, dishIDs(q.Items)
	place, err := h.Places.Place(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("look up the location: %w", err)
	}
	onMenu, err := h.Dishes.Dishes(ctx, place.LocationID, dishIDs(q.Items))
	if err != nil {
		return nil, fmt.Errorf("read the menu: %w", err)
	}
	c := &calculation{Preview: Preview{Problems: []Problem{}, Allergens: make([][]inventory.Allergen, len(q.Items))}}
	lines, items := c.lines(q.Items, onMenu)
	for i, l := range lines {
		c.Allergens[items[i]] = l.Allergens
	}
	if err := c.promise(place, q, lines, now, h.Zones); err != nil {
		return nil, err
	}
	basket, err := basketWithPromotions(ctx, held.promotions(h.Promotions), h.Zones, cmd, c.place, now)
	if err != nil {
		return nil, err
	}
	lines, c.Priced = priced(lines, basket)
	c.order = draft(cmd, lines, basket, c.Priced, c.place)
	c.PriceLines = slices.Clone(c.PriceLines)
	for i, p := range c.PriceLines { // of the items asked for, of which some may be left out
		if p.Item != nil {
			c.PriceLines[i].Item = &items[*p.Item]
		}
	}
	if err := c.checkStock(ctx, held.stock(h.Stock), place.LocationID, now, c.order, items); err != nil {
		return nil, err
	}
	for _, err := range []error{c.order.checkCoupons(), c.order.checkAmounts(h.Gateway.Amounts(place.Currency)), c.order.checkMinimum(c.place.Charges)} {
		c.problem(err, nil)
	}
	return c, nil
}

// promise tells when the order would be there, and keeps the place as it charges for the address, where that is known. That the
// order can't be there is a problem.
func (c *calculation) promise(place Place, q PreviewOrder, lines []Line, now time.Time, zones *location.Zones) (err error) {
	var way time.Duration
	c.place = place
	if q.Fulfillment == Pickup || q.DeliveryAddress != nil {
		at, minutes, err := place.deliver(q.Fulfillment)
		if err != nil {
			c.problem(err, nil)
			return nil
		}
		c.place, way = at, minutes
	}
	plan, err := c.place.plan(lines, way, q.ScheduledFor, now, zones)
	if _, refused := fault.As(err); refused {
		c.problem(err, nil)
		return nil
	} else if err != nil {
		return err
	}
	c.plan, c.Promise = plan, &plan.Promise
	return nil
}

// lines looks up what can be ordered, and of which of the items each line is; what can't is a problem.
func (p *Preview) lines(wanted []ItemRequest, onMenu map[uuid.UUID]menu.Dish) (lines []Line, items []int) {
	for i := range wanted {
		found, err := PlaceOrder{Items: wanted[i : i+1]}.lines(onMenu, func() uuid.UUID { return uuid.Nil })
		if err != nil {
			p.problem(err, &i)
			continue
		}
		lines, items = append(lines, found...), append(items, i)
	}
	return lines, items
}

// checkStock tells the lines for which not enough is left.
func (p *Preview) checkStock(ctx context.Context, stock stock, at uuid.UUID, now time.Time, state State, items []int) error {
	short, err := stock.Short(ctx, at, now, state.Needs())
	if err != nil {
		return fmt.Errorf("look at the stock: %w", err)
	}
	for i, l := range state.Lines {
		if one := (State{Lines: []Line{l}}); l.needsAnyOf(short) {
			p.problem(one.OutOfStock(short), &items[i])
		}
	}
	return nil
}

// problem adds a refusal, if it is one.
func (p *Preview) problem(err error, item *int) {
	if refusal, ok := fault.As(err); ok {
		p.Problems = append(p.Problems, problemOf(refusal, item))
	}
}
