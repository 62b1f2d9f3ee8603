// Package orderview is the read side of orders: the rows of public.order_view, and one query handler a file.
package orderview

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
)

// Order is one row of public.order_view: an order in full, as the API shows it. Amounts are minor units.
type Order struct {
	ID                  uuid.UUID
	Number              int
	Version             int
	Status              ordering.Status
	Fulfillment         ordering.Fulfillment
	CustomerID          uuid.UUID
	CustomerName        string
	CustomerPhone       *string
	DeliveryAddress     *Address `gorm:"serializer:json"`
	Items               []Item   `gorm:"serializer:json"`
	ItemsCount          int
	SubtotalCents       int64
	DiscountCents       int64
	DeliveryFeeCents    int64
	TaxCents            int64
	TipCents            int64
	TotalCents          int64
	Payment             Payment `gorm:"serializer:json"`
	Timeline            []Event `gorm:"serializer:json"`
	SpecialInstructions *string
	PlacedAt            time.Time
	EstimatedReadyAt    *time.Time
	EstimatedDeliveryAt *time.Time
}

// TableName tells where rows are read from.
func (Order) TableName() string { return "public.order_view" }

// Address is where a delivery goes.
type Address struct {
	Street     string  `json:"street"`
	City       string  `json:"city"`
	PostalCode string  `json:"postalCode"`
	Notes      *string `json:"notes"`
}

// Item is one line of an order.
type Item struct {
	ID           uuid.UUID `json:"id"`
	MenuItemID   uuid.UUID `json:"menuItemId"`
	Name         string    `json:"name"`
	Size         menu.Size `json:"size"`
	Quantity     int       `json:"quantity"`
	UnitPrice    int64     `json:"unitPrice"`
	Total        int64     `json:"total"`
	Instructions *string   `json:"instructions"`
}

// Payment is how the order is paid.
type Payment struct {
	ID       uuid.UUID      `json:"id"`
	Method   payment.Method `json:"method"`
	Status   payment.Status `json:"status"`
	Amount   int64          `json:"amount"`
	Refunded int64          `json:"refunded"`
}

// Event is one entry of the timeline.
type Event struct {
	Version int                `json:"version"`
	Type    ordering.EventType `json:"type"`
	From    *ordering.Status   `json:"from"`
	To      ordering.Status    `json:"to"`
	Actor   string             `json:"actor"`
	Reason  *string            `json:"reason"`
	At      time.Time          `json:"at"`
}

// Customer is who ordered.
type Customer struct {
	ID    uuid.UUID
	Name  string
	Phone *string
}

// Totals add up: Total = Subtotal - Discount + DeliveryFee + Tax + Tip.
type Totals struct {
	Subtotal    int64
	Discount    int64
	DeliveryFee int64
	Tax         int64
	Tip         int64
	Total       int64
}

// Customer returns who ordered, as known when the order was placed.
func (o *Order) Customer() Customer {
	return Customer{ID: o.CustomerID, Name: o.CustomerName, Phone: o.CustomerPhone}
}

// Totals returns what the order costs.
func (o *Order) Totals() Totals {
	return Totals{
		Subtotal: o.SubtotalCents, Discount: o.DiscountCents, DeliveryFee: o.DeliveryFeeCents,
		Tax: o.TaxCents, Tip: o.TipCents, Total: o.TotalCents,
	}
}

// AllowedTransitions lists the states that the order can reach in one move.
func (o *Order) AllowedTransitions() []ordering.Status { return o.Status.Allowed(o.Fulfillment) }

// IsNode marks the order as a node of the API.
func (*Order) IsNode() {}

// AsOf returns the order as it stood after one of its events: an order's row may be newer than the event that made
// somebody read it. The payment is the one the event remembers.
func (o *Order) AsOf(event Event, paid ordering.PaymentSnapshot) *Order {
	if event.Version >= o.Version {
		return o
	}
	then := *o
	then.Version = event.Version
	then.Status = event.To
	then.Payment.Status, then.Payment.Refunded = paid.Status, paid.Refunded
	then.Timeline = slices.DeleteFunc(slices.Clone(o.Timeline), func(e Event) bool { return e.Version > event.Version })
	return &then
}
