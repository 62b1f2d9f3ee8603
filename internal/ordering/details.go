package ordering

// Details are what an order is placed with and keeps as it was said. The command, the aggregate, the stored row and the
// order's document share them: a field that is added here is in all four, in the column of its name.
type Details struct {
	Fulfillment         Fulfillment `json:"fulfillment"`
	Source              OrderSource `json:"source"`
	SpecialInstructions *string     `json:"specialInstructions"`
}

// Fulfillment is how the food reaches the customer.
type Fulfillment string

// The ways food reaches a customer.
const (
	Delivery Fulfillment = "DELIVERY"
	Pickup   Fulfillment = "PICKUP"
)

// OrderSource is where an order came from; Web unless the command tells.
type OrderSource string

// Where orders come from.
const (
	Web     OrderSource = "WEB"
	Phone   OrderSource = "PHONE"
	Counter OrderSource = "COUNTER"
)
