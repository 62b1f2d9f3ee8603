// Package orderview is the read side of orders: the rows of public.order_view, and one query handler a file.
package orderview

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
)

// Order is one row of public.order_view: an order in full. A query passes the document on without decoding it; whoever
// asks for Detail, or for a single field by its method, makes it be decoded once. Not to be changed or copied.
type Order struct {
	ID          uuid.UUID
	Version     int
	Status      ordering.Status
	Fulfillment ordering.Fulfillment
	CustomerID  uuid.UUID
	LocationID  uuid.UUID
	PlacedAt    time.Time
	// Document is the API's type Order as JSON, as the API writes it, but for what is computed: allowedTransitions. A
	// brief order has none.
	Document json.RawMessage
	brief    *brief
	guest    *auth.Actor // the guest whom it is shown to, whoever asks; nil: it is shown to whoever asks

	decode  sync.Once
	detail  *Detail
	garbled error
}

// Detail returns the order's document, decoded. It is shared: don't change it.
func (o *Order) Detail() (*Detail, error) {
	o.decode.Do(func() {
		o.detail = &Detail{}
		if err := json.Unmarshal(o.Document, o.detail); err != nil {
			o.garbled = fmt.Errorf("decode order %s: %w", o.ID, err)
		}
		o.detail.setActorLocations()
	})
	return o.detail, o.garbled
}

// AllowedTransitions lists the states to which whoever asks can take the order in one move.
func (o *Order) AllowedTransitions(ctx context.Context) []ordering.Status {
	return o.allowed(o.viewer(auth.FromContext(ctx)))
}

func (o *Order) allowed(by auth.Actor) []ordering.Status {
	return o.Status.Allowed(o.Fulfillment, by.At(o.LocationID), by.Owns(o.ID, o.CustomerID))
}

// VisibleTo tells whether the actor may see the order: the staff of its location may, whoever placed it, and to whom it was shared.
func (o *Order) VisibleTo(by auth.Actor) bool {
	return by.At(o.LocationID).MaySeeOrder(o.ID, o.CustomerID)
}

// IsNode marks the order as a node of the API.
func (*Order) IsNode() {}

// AsOf returns the order as it stood after one of its events: an order's row may be newer than the event that made
// somebody read it. The payment is the one the event remembers.
func (o *Order) AsOf(event Event, paid ordering.PaymentSnapshot) (*Order, error) {
	if event.Version >= o.Version {
		return o, nil
	}
	now, err := o.Detail()
	if err != nil {
		return nil, err
	}
	then := now.asOf(event, paid)
	return then.order()
}

func (o *Order) key() key { return key{placedAt: o.PlacedAt, id: o.ID} }
