package orderview

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/postal"
)

// These are the fields of the API's type Order that only the document has, for where gqlgen writes an order itself.

// Number returns the short number for humans.
func (o *Order) Number() (int, error) { return field(o, func(d *Detail) int { return d.Number }) }

// Source returns where the order came from.
func (o *Order) Source() (ordering.OrderSource, error) {
	return field(o, func(d *Detail) ordering.OrderSource { return d.Source })
}

// Currency returns the amounts' currency, as in ISO 4217.
func (o *Order) Currency() (string, error) {
	return field(o, func(d *Detail) string { return d.Currency })
}

// DeliveryAddress returns where a delivery goes; nil for a pickup.
func (o *Order) DeliveryAddress() (*postal.Address, error) {
	return field(o, func(d *Detail) *postal.Address { return d.DeliveryAddress })
}

// Items returns the order's lines.
func (o *Order) Items() ([]Item, error) { return field(o, func(d *Detail) []Item { return d.Items }) }

// ItemsCount returns the number of portions.
func (o *Order) ItemsCount() (int, error) {
	return field(o, func(d *Detail) int { return d.ItemsCount })
}

// Totals returns what the order costs.
func (o *Order) Totals() (pricing.Totals, error) {
	return field(o, func(d *Detail) pricing.Totals { return d.Totals })
}

// PriceLines returns the reasons of what it costs.
func (o *Order) PriceLines() ([]pricing.PriceLine, error) {
	return field(o, func(d *Detail) []pricing.PriceLine { return d.PriceLines })
}

// Taxes returns its tax by category.
func (o *Order) Taxes() ([]pricing.TaxLine, error) {
	return field(o, func(d *Detail) []pricing.TaxLine { return d.Taxes })
}

// Coupons returns what became of the codes that it was placed with.
func (o *Order) Coupons() ([]pricing.CouponResult, error) {
	return field(o, func(d *Detail) []pricing.CouponResult { return d.Coupons })
}

// Refunds returns what was given back, oldest first.
func (o *Order) Refunds() ([]Refund, error) {
	return field(o, func(d *Detail) []Refund { return d.Refunds })
}

// Refund returns one of the refunds; nil if there is no such one.
func (o *Order) Refund(id uuid.UUID) (*Refund, error) {
	refunds, err := o.Refunds()
	if i := slices.IndexFunc(refunds, func(r Refund) bool { return r.ID == id }); i >= 0 {
		return &refunds[i], err
	}
	return nil, err
}

// Timeline returns the order's events, oldest first.
func (o *Order) Timeline() ([]Event, error) {
	return field(o, func(d *Detail) []Event { return d.Timeline })
}

// Amendments returns the changes of what was ordered, oldest first.
func (o *Order) Amendments() ([]Amendment, error) {
	return field(o, func(d *Detail) []Amendment { return d.Amendments })
}

// AmendmentOf returns one of the changes; nil if there is no such one.
func (o *Order) AmendmentOf(id uuid.UUID) (*Amendment, error) {
	made, err := o.Amendments()
	if i := slices.IndexFunc(made, func(a Amendment) bool { return a.ID == id }); i >= 0 {
		return &made[i], err
	}
	return nil, err
}

// SpecialInstructions returns what the customer asked for; nil if nothing.
func (o *Order) SpecialInstructions() (*string, error) {
	return field(o, func(d *Detail) *string { return d.SpecialInstructions })
}

// ScheduledFor returns the slot that the order was placed for; nil for as soon as possible.
func (o *Order) ScheduledFor() (*time.Time, error) {
	return field(o, func(d *Detail) *time.Time { return d.ScheduledFor })
}

// Promise returns when the order is there, as far as is known.
func (o *Order) Promise() (location.Promise, error) {
	return field(o, func(d *Detail) location.Promise { return d.Promise })
}

// EstimatedReadyAt returns when the kitchen is to be done.
func (o *Order) EstimatedReadyAt() (*time.Time, error) {
	return field(o, func(d *Detail) *time.Time { return d.EstimatedReadyAt })
}

// EstimatedDeliveryAt returns when the driver is to arrive; nil for a pickup.
func (o *Order) EstimatedDeliveryAt() (*time.Time, error) {
	return field(o, func(d *Detail) *time.Time { return d.EstimatedDeliveryAt })
}

func field[T any](o *Order, of func(*Detail) T) (T, error) {
	d, err := o.Detail()
	return of(d), err
}
