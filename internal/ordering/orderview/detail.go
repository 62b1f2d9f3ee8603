package orderview

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/text"
)

// Detail is an order's document. Amounts are minor units.
type Detail struct {
	ID      uuid.UUID       `json:"id"`
	Number  int             `json:"number"`
	Version int             `json:"version"`
	Status  ordering.Status `json:"status"`
	ordering.Details
	Customer        Customer        `json:"customer"`
	DeliveryAddress *postal.Address `json:"deliveryAddress"`
	Items           []Item          `json:"items"`
	ItemsCount      int             `json:"itemsCount"`
	Location        LocationRef     `json:"location"`
	Currency        string          `json:"currency"`
	Totals          pricing.Totals  `json:"totals"`

	PriceLines []pricing.PriceLine    `json:"priceLines"`
	Taxes      []pricing.TaxLine      `json:"taxes"`
	Coupons    []pricing.CouponResult `json:"coupons"`

	Payment             Payment          `json:"payment"`
	Refunds             []Refund         `json:"refunds"`
	Timeline            []Event          `json:"timeline"`
	Amendments          []Amendment      `json:"amendments"`
	PendingAmendment    *Pending         `json:"pendingAmendment"`
	PlacedAt            time.Time        `json:"placedAt"`
	EstimatedReadyAt    *time.Time       `json:"estimatedReadyAt"`
	EstimatedDeliveryAt *time.Time       `json:"estimatedDeliveryAt"`
	Promise             location.Promise `json:"promise"`
}

// Customer is who ordered, as known when the order was placed.
type Customer struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Phone *string   `json:"phone"`
	Email *string   `json:"email"`
}

// LocationRef names the location at which an order was placed.
type LocationRef struct {
	ID uuid.UUID `json:"id"`
}

// Item is one line of an order.
type Item struct {
	ID           uuid.UUID             `json:"id"`
	MenuItemID   uuid.UUID             `json:"menuItemId"`
	Name         string                `json:"name"`
	Size         menu.Size             `json:"size"`
	Quantity     int                   `json:"quantity"`
	UnitPrice    int64                 `json:"unitPrice"`
	Total        int64                 `json:"total"`
	Discount     int64                 `json:"discount"`
	Instructions *string               `json:"instructions"`
	Options      []ordering.LineOption `json:"options"`
	SecondHalf   *ordering.LineHalf    `json:"secondHalf"`
	Allergens    []inventory.Allergen  `json:"allergens"`
}

// Payment is how the order is paid.
type Payment struct {
	ID         uuid.UUID      `json:"id"`
	Method     payment.Method `json:"method"`
	Status     payment.Status `json:"status"`
	Amount     int64          `json:"amount"`
	Refunded   int64          `json:"refunded"`
	NextAction *PaymentAction `json:"nextAction"`
}

// PaymentAction is what the customer has to do at the bank.
type PaymentAction struct {
	ClientSecret *string `json:"clientSecret"`
	URL          *string `json:"url"`
}

// Refund is what was given back of the order.
type Refund struct {
	ID     uuid.UUID            `json:"id"`
	Amount int64                `json:"amount"`
	Status payment.RefundStatus `json:"status"`
	Reason string               `json:"reason"`
	At     time.Time            `json:"at"`
	Actor  auth.Attribution     `json:"actor"`
}

// RefundOf shows a refund of an order that is not stored.
func (o *Order) RefundOf(r ordering.Refund) *Refund {
	return &Refund{ID: r.ID, Amount: r.Amount, Status: r.Status, Reason: r.Reason, At: r.At, Actor: r.By.Attribution(&o.LocationID)}
}

// Event is one entry of the timeline.
type Event struct {
	Version int                `json:"version"`
	Type    ordering.EventType `json:"type"`
	From    *ordering.Status   `json:"from"`
	To      ordering.Status    `json:"to"`
	Actor   auth.Attribution   `json:"actor"`
	Reason  *string            `json:"reason"`
	At      time.Time          `json:"at"`
	Promise *location.Promise  `json:"promise"`
}

// setActorLocations tells all who acted on the order where that was.
func (d *Detail) setActorLocations() {
	for i := range d.Timeline {
		d.Timeline[i].Actor.At = &d.Location.ID
	}
	for i := range d.Refunds {
		d.Refunds[i].Actor.At = &d.Location.ID
	}
}

// Amendment is a change of what was ordered, by the version that it made, and what the order was before.
type Amendment struct {
	ID          uuid.UUID `json:"id"`
	Version     int       `json:"version"`
	PriceChange int64     `json:"priceChange"`
	Before      Before    `json:"before"`
	Dropped     []string  `json:"dropped"`
}

// Before is what an amendment has changed, as it was.
type Before struct {
	Items      []Item                 `json:"items"`
	Totals     pricing.Totals         `json:"totals"`
	PriceLines []pricing.PriceLine    `json:"priceLines"`
	Taxes      []pricing.TaxLine      `json:"taxes"`
	Coupons    []pricing.CouponResult `json:"coupons"`
	Amount     int64                  `json:"amount"`
}

// Pending is an amendment that waits for the bank.
type Pending struct {
	PriceChange  int64          `json:"priceChange"`
	IsProcessing bool           `json:"isProcessing"`
	NextAction   *PaymentAction `json:"nextAction"`
}

// undo takes back the amendments that were made after a version.
func (d Detail) undo(version int) Detail {
	for _, a := range slices.Backward(d.Amendments) {
		if a.Version <= version {
			break
		}
		b := a.Before
		d.Items, d.Totals, d.PriceLines, d.Taxes, d.Coupons, d.Payment.Amount = b.Items, b.Totals, b.PriceLines, b.Taxes, b.Coupons, b.Amount
	}
	d.ItemsCount = 0
	for _, item := range d.Items {
		d.ItemsCount += item.Quantity
	}
	d.Amendments = slices.DeleteFunc(slices.Clone(d.Amendments), func(a Amendment) bool { return a.Version > version })
	return d
}

func (d Detail) asOf(event Event, paid ordering.PaymentSnapshot) Detail {
	d = d.undo(event.Version)
	d.PendingAmendment = nil
	d.Version, d.Status = event.Version, event.To
	d.Payment.Status, d.Payment.Refunded, d.Payment.NextAction = paid.Status, paid.Refunded, nil
	d.Refunds = slices.DeleteFunc(slices.Clone(d.Refunds), func(r Refund) bool { return r.At.After(event.At) })
	d.Timeline = slices.DeleteFunc(slices.Clone(d.Timeline), func(e Event) bool { return e.Version > event.Version })
	for _, e := range d.Timeline {
		if e.Promise != nil {
			d.Promise = *e.Promise
		}
	}
	return d
}

// order returns the row that has this document.
func (d Detail) order() (*Order, error) {
	document, err := text.JSON(d)
	if err != nil {
		return nil, fmt.Errorf("encode order %s: %w", d.ID, err)
	}
	return &Order{
		ID: d.ID, LocationID: d.Location.ID, Version: d.Version, Status: d.Status, Fulfillment: d.Fulfillment, CustomerID: d.Customer.ID,
		PlacedAt: d.PlacedAt, Document: document,
	}, nil
}
