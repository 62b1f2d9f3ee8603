package ordering

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/clientaddr"
)

// QuoteOrder asks what an order would cost, as PreviewOrder does, and holds it for a while if nothing stands in its way.
type QuoteOrder struct {
	PreviewOrder
	// Address is the network address that the client connects from.
	Address string
}

// Authorize refuses a screen with FORBIDDEN.
func (q QuoteOrder) Authorize() error { return q.By.RefuseScreens() }

// quotes keeps what is held. Of what a client holds, and Hold takes the place of, are the customer's quote and the last one of
// a visitor's browser.
//
// Hold stores a quote, in one transaction with what it holds and with the end of what it replaces. Drop ends quotes without
// another. It fails with LIMIT_REACHED if the network holds too much.
type quotes interface {
	holdings
	Open(ctx context.Context, customer, at uuid.UUID) (Open, error)
	Hold(ctx context.Context, quote HeldQuote, limits location.OrderLimits, replaced []uuid.UUID, now time.Time) error
	Drop(ctx context.Context, quotes []uuid.UUID) error
}

// QuoteOrderHandler handles QuoteOrder.
type QuoteOrderHandler struct {
	*PreviewOrderHandler
	Quotes quotes
	NewID  func() uuid.UUID // not to be guessed
}

// Handle calculates the order and holds it. What stands in its way is no error: the quote tells it, and holds nothing. Either way
// what the client held before is given back.
func (h *QuoteOrderHandler) Handle(ctx context.Context, q QuoteOrder) (*Quote, error) {
	now := h.Now()
	quote := HeldQuote{ID: h.NewID(), ExpiresAt: now.Add(QuoteLasts).UTC(), CustomerID: q.customer()}
	held, err := h.Quotes.Holding(ctx, quote.CustomerID, q.Last)
	if err != nil {
		return nil, fmt.Errorf("look at what is held: %w", err)
	}
	c, err := h.calculate(ctx, q.PreviewOrder, held, now)
	if err != nil {
		return nil, err
	}
	by := q.By.At(c.place.LocationID)
	if err := h.refuseWhatCantBePlaced(ctx, q, c, by); err != nil {
		return nil, err
	}
	if len(c.Problems) > 0 {
		if err := h.Quotes.Drop(ctx, held.Quotes); err != nil {
			return nil, fmt.Errorf("give back what was held: %w", err)
		}
		return &Quote{ID: quote.ID, CustomerID: quote.CustomerID, ExpiresAt: now.UTC(), Priced: c.Priced, Promise: c.Promise, Problems: c.Problems}, nil
	}
	if !by.Staff() { // who take orders for others, all at one address
		quote.Network = clientaddr.Network(q.Address)
	}
	quote.Order = c.order
	quote.Order.promise(c.plan)
	at := now
	if q.ScheduledFor != nil {
		at = *q.ScheduledFor
	}
	if quote.Order.BusinessDay, err = c.place.BusinessDay(at, h.Zones); err != nil {
		return nil, fmt.Errorf("tell the business day: %w", err)
	}
	if err := h.Quotes.Hold(ctx, quote, c.place.limitsFor(by), held.Quotes, now); err != nil {
		return nil, fmt.Errorf("hold a quote: %w", err)
	}
	return quote.Quote(), nil
}

// refuseWhatCantBePlaced adds the problems that a preview doesn't ask about.
func (h *QuoteOrderHandler) refuseWhatCantBePlaced(ctx context.Context, q QuoteOrder, c *calculation, by auth.Actor) error {
	if q.Fulfillment == Delivery && q.DeliveryAddress == nil {
		c.problem(noAddress(), nil)
	}
	limits := c.place.limitsFor(by)
	if limits.Unbounded() {
		return nil
	}
	open, err := h.Quotes.Open(ctx, q.By.ID, c.place.LocationID)
	if err != nil {
		return fmt.Errorf("look at what is open: %w", err)
	}
	open.Orders++
	open.Portions += c.order.Portions()
	limits.NewCustomerCashOrders = nil // how it will be paid isn't known
	c.problem(open.Allow(limits), nil)
	return nil
}
