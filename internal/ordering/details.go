package ordering

// Details are what an order is placed with and keeps as it was said. The command, the aggregate and the stored row share
// them: a field that is added here is in all three, and in the column of its name.
type Details struct {
	Fulfillment         Fulfillment `json:"fulfillment"`
	Source              OrderSource `json:"source,omitzero"`
	SpecialInstructions *string     `json:"specialInstructions"`
}

// Fulfillment is how the food reaches the customer.
type Fulfillment string

// The ways food reaches a customer.
const (
	Delivery Fulfillment = "DELIVERY"
	Pickup   Fulfillment = "PICKUP"
)

// OrderSource is where an order came from. The zero OrderSource is Web.
type OrderSource string

// Where orders come from.
const (
	Web     OrderSource = "WEB"
	Phone   OrderSource = "PHONE"
	Counter OrderSource = "COUNTER"
)

// IsZero leaves the default out of a command's hash: it is the same command whether a client names it or doesn't know of it.
func (s OrderSource) IsZero() bool { return s == "" || s == Web }
