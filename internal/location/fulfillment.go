package location

// Fulfillment is how the food reaches the customer; the contract's enum.
type Fulfillment string

// The ways food reaches a customer.
const (
	Delivery Fulfillment = "DELIVERY"
	Pickup   Fulfillment = "PICKUP"
)
