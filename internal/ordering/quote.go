package ordering

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

const (
	// QuoteLasts is how long a quote holds what it promises: long enough to sign in and to find a card, and not much longer, since
	// nobody else can have it meanwhile.
	QuoteLasts = 5 * time.Minute
	// quotesAtOnce is how many quotes one network address may hold: whole offices and mobile networks share one.
	quotesAtOnce = 20
)

// Quote is what an order costs, and when it is there, for as long as both are held.
type Quote struct {
	ID uuid.UUID
	// CustomerID is whose it is; nil: whoever knows its ID, which is told to the visitor alone who asked for it.
	CustomerID *uuid.UUID
	// ExpiresAt is until when it can be ordered; if there are problems, which hold nothing, it is when they were found.
	ExpiresAt time.Time
	pricing.Priced
	Promise  *location.Promise // nil if it can't be placed
	Problems []Problem
}

// IsNode marks the quote as a node of the API.
func (*Quote) IsNode() {}

// VisibleTo tells whether an actor may see the quote, and order it, at a moment.
func (q *Quote) VisibleTo(by auth.Actor, now time.Time) bool {
	return now.Before(q.ExpiresAt) && (q.CustomerID == nil || *q.CustomerID == by.ID)
}

// HeldQuote is a quote without problems, with the order to be: all of it, but for who places it and how it is paid.
type HeldQuote struct {
	ID         uuid.UUID
	CustomerID *uuid.UUID
	Network    string // the client's, as clientaddr.Network tells it; "": not counted
	ExpiresAt  time.Time
	Order      State
}

// Quote returns what is shown of it.
func (h HeldQuote) Quote() *Quote {
	o := h.Order
	return &Quote{
		ID: h.ID, CustomerID: h.CustomerID, ExpiresAt: h.ExpiresAt, Promise: &o.Promise, Problems: []Problem{},
		Priced: pricing.Priced{Totals: o.Totals, PriceLines: o.PriceLines, Taxes: o.Taxes, Coupons: o.Coupons, Applied: o.Promotions},
	}
}

// Portions are those of all lines.
func (s State) Portions() (portions int) {
	for _, l := range s.Lines {
		portions += l.Quantity
	}
	return portions
}

// NetworkHolds is what a network address holds by its quotes.
type NetworkHolds struct{ Quotes, Portions int }

// Allow refuses, with LIMIT_REACHED, what is more than an address may hold. Together its quotes have the portions of one customer.
func (h NetworkHolds) Allow(limits location.OrderLimits) error {
	if h.Quotes > quotesAtOnce || exceeds(h.Portions, limits.OpenPortions) {
		return fault.New(fault.LimitReached, "Too much is held for your network at the moment. Try again in some minutes, or order without a quote.").At("items")
	}
	return nil
}

// QuoteExpired is the refusal of a quote that can't be ordered: it has expired, was ordered already, is somebody else's, or there
// never was one. They look the same, so that nobody learns anything by guessing.
func QuoteExpired() *fault.Error {
	return fault.New(fault.QuoteExpired, "This quote holds nothing any more. Ask for a new one.").At("quoteId")
}
