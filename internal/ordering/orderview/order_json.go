package orderview

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// MarshalJSON writes the document: answers to repeated requests are kept so.
func (o *Order) MarshalJSON() ([]byte, error) { return o.Document, nil }

// UnmarshalJSON reads what MarshalJSON wrote, or what was kept before orders had documents.
func (o *Order) UnmarshalJSON(kept []byte) error {
	var both struct {
		Detail
		undocumented
	}
	if err := json.Unmarshal(kept, &both); err != nil {
		return fmt.Errorf("decode kept order: %w", err)
	}
	d := both.Detail
	if both.CustomerID != nil {
		both.addTo(&d)
	}
	order, err := d.order()
	if err != nil {
		return err
	}
	o.ID, o.Version, o.Status, o.Fulfillment, o.CustomerID = order.ID, order.Version, order.Status, order.Fulfillment, order.CustomerID
	o.PlacedAt, o.Document = order.PlacedAt, order.Document
	return nil
}

// undocumented is what orders had in other places than documents have when they were kept by a server that is older than
// migration 00014. The rest had the same names, but for their case, which encoding/json doesn't mind. Kept answers are
// deleted after seven days with their idempotency keys: this can go when every database has had that migration for as long.
type undocumented struct {
	CustomerID       *uuid.UUID
	CustomerName     string
	CustomerPhone    *string
	SubtotalCents    int64
	DiscountCents    int64
	DeliveryFeeCents int64
	TaxCents         int64
	TipCents         int64
	TotalCents       int64
}

func (u undocumented) addTo(d *Detail) {
	d.Customer = Customer{ID: *u.CustomerID, Name: u.CustomerName, Phone: u.CustomerPhone}
	d.Totals = Totals{
		Subtotal: u.SubtotalCents, Discount: u.DiscountCents, DeliveryFee: u.DeliveryFeeCents,
		Tax: u.TaxCents, Tip: u.TipCents, Total: u.TotalCents,
	}
}
