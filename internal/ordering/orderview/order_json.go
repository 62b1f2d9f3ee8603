package orderview

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the document: answers to repeated requests are kept so.
func (o *Order) MarshalJSON() ([]byte, error) { return o.Document, nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (o *Order) UnmarshalJSON(kept []byte) error {
	var d Detail
	if err := json.Unmarshal(kept, &d); err != nil {
		return fmt.Errorf("decode kept order: %w", err)
	}
	order, err := d.order()
	if err != nil {
		return err
	}
	o.ID, o.Version, o.Status, o.Fulfillment, o.CustomerID = order.ID, order.Version, order.Status, order.Fulfillment, order.CustomerID
	o.LocationID, o.PlacedAt, o.Document = order.LocationID, order.PlacedAt, order.Document
	return nil
}
