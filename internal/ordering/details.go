package ordering

import (
	"time"

	"pizzeria/internal/location"
)

// Details are what an order is placed with and keeps as it was said. The command, the aggregate, the stored row and the
// order's document share them: a field that is added here is in all four, in the column of its name.
type Details struct {
	Fulfillment         Fulfillment `json:"fulfillment"`
	Source              OrderSource `json:"source"`
	SpecialInstructions *string     `json:"specialInstructions"`
	ScheduledFor        *time.Time  `json:"scheduledFor"` // the start of a slot; nil: as soon as possible
}

// Fulfillment is how the food reaches the customer, which locations offer or don't.
type Fulfillment = location.Fulfillment

// The ways food reaches a customer.
const (
	Delivery = location.Delivery
	Pickup   = location.Pickup
)

// OrderSource is where an order came from; Web unless the command tells.
type OrderSource string

// Where orders come from.
const (
	Web     OrderSource = "WEB"
	Phone   OrderSource = "PHONE"
	Counter OrderSource = "COUNTER"
)
