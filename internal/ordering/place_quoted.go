package ordering

import (
	"cmp"
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// QuotesOf tells a client's quotes from others': a customer's, and the last one of a visitor's browser; nil: none.
type QuotesOf struct{ Customer, Last *uuid.UUID }

// quoted reads a quote that may be ordered; nil if there is none any more. DropOf ends the quotes of a client, if there are any.
type quoted interface {
	Quote(ctx context.Context, id uuid.UUID) (*HeldQuote, error)
	DropOf(ctx context.Context, of QuotesOf) error
}

// checkNothingBesideQuote refuses what a quote says already.
func (c PlaceOrder) checkNothingBesideQuote() error {
	for _, said := range []struct {
		field string
		given bool
	}{
		{"items", len(c.Items) > 0},
		{"fulfillment", c.Fulfillment != ""},
		{"deliveryAddress", c.DeliveryAddress != nil},
		{"scheduledFor", c.ScheduledFor != nil},
		{"couponCodes", len(c.CouponCodes) > 0},
		{"tip", c.Tip != 0},
		{"locationId", c.LocationID != nil},
	} {
		if said.given {
			return fault.New(fault.BadUserInput, "The quote says this already. Leave it out, or leave out the quote.").At(said.field)
		}
	}
	return nil
}

// placeQuoted adds the order as it was quoted, whatever the menu, the promotions or the opening hours have become since.
func (h *PlaceOrderHandler) placeQuoted(ctx context.Context, cmd PlaceOrder) (Receipt, error) {
	quote, err := h.Quotes.Quote(ctx, *cmd.QuoteID)
	if err != nil {
		return Receipt{}, fmt.Errorf("read quote %s: %w", *cmd.QuoteID, err)
	}
	at := h.Now()
	if quote == nil || !quote.Quote().VisibleTo(cmd.By, at) {
		return h.unlessPlaced(ctx, cmd.OrderID, QuoteExpired())
	}
	wanted := quote.Order
	place, err := h.Places.Place(ctx, Destination{LocationID: &wanted.LocationID, Fulfillment: wanted.Fulfillment})
	if err != nil {
		return Receipt{}, fmt.Errorf("look up the location: %w", err)
	}
	cmd.By = cmd.By.At(place.LocationID)
	for i := range wanted.Lines {
		wanted.Lines[i].ID = h.NewID()
	}
	order := newOrder(cmd, wanted, h.NewID(), at)
	refusal := cmp.Or(cmd.checkSource(), order.state.checkAmounts(h.Gateway.Amounts(wanted.Currency)), cmd.checkTotal(wanted.Totals.Total))
	if place.Currency != wanted.Currency {
		refusal = QuoteExpired()
	}
	if refusal != nil {
		return h.unlessPlaced(ctx, cmd.OrderID, refusal)
	}
	if err := h.Orders.AddQuoted(ctx, order, quote.ID, place.limitsFor(cmd.By)); err != nil {
		return Receipt{}, fmt.Errorf("place a quoted order: %w", err)
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.state.Payment.viaGateway()}, nil
}
