package orderview

import (
	"context"

	"pizzeria/internal/platform/auth"
)

// ForGuest returns an order that was read for its guest alone, as the guest sees it who has just placed it: who asks is a visitor
// still, and is told a token beside it.
func (o *Order) ForGuest() *Order {
	return &Order{
		ID: o.ID, Version: o.Version, Status: o.Status, Fulfillment: o.Fulfillment, CustomerID: o.CustomerID, LocationID: o.LocationID,
		PlacedAt: o.PlacedAt, Document: o.Document, guest: new(auth.Guest(o.ID, o.CustomerID, "")),
	}
}

// viewer is whom the order is shown to.
func (o *Order) viewer(by auth.Actor) auth.Actor {
	if o.guest != nil {
		return *o.guest
	}
	return by
}

// shared returns the order as it is shown to whoever only has a link to it. What the link was made for is to follow the order:
// neither to call its customer nor to do anything in their place.
func (o *Order) shared() (*Order, error) {
	d, err := o.Detail()
	if err != nil {
		return nil, err
	}
	return d.shared().order()
}

func (d Detail) shared() Detail {
	d.Customer, d.Payment, d.PendingAmendment = d.Customer.shared(), d.Payment.shared(), d.PendingAmendment.shared()
	return d
}

func (c Customer) shared() Customer {
	c.Phone, c.Email = nil, nil
	return c
}

func (p Payment) shared() Payment {
	p.NextAction = nil
	return p
}

// Customer returns who ordered.
func (o *Order) Customer(ctx context.Context) (Customer, error) {
	c, err := field(o, func(d *Detail) Customer { return d.Customer })
	if o.viewer(auth.FromContext(ctx)).OnlyWatches() {
		c = c.shared()
	}
	return c, err
}

// Payment returns how the order is paid.
func (o *Order) Payment(ctx context.Context) (Payment, error) {
	p, err := field(o, func(d *Detail) Payment { return d.Payment })
	if o.viewer(auth.FromContext(ctx)).OnlyWatches() {
		p = p.shared()
	}
	return p, err
}

func (p *Pending) shared() *Pending {
	if p == nil {
		return nil
	}
	return &Pending{PriceChange: p.PriceChange, IsProcessing: p.IsProcessing}
}

// PendingAmendment returns the change that waits for the bank; nil if none does.
func (o *Order) PendingAmendment(ctx context.Context) (*Pending, error) {
	p, err := field(o, func(d *Detail) *Pending { return d.PendingAmendment })
	if o.viewer(auth.FromContext(ctx)).OnlyWatches() {
		p = p.shared()
	}
	return p, err
}
