package ordering

import "time"

const (
	// kitchenSlots is how many orders the kitchen works on side by side.
	kitchenSlots = 4
	// slotTime is how long an order that is ahead takes one of the kitchen's slots.
	slotTime = 8 * time.Minute
	// extraPortionTime is what each portion after the first adds: ovens are shared.
	extraPortionTime = time.Minute
	// deliveryTime is how long a driver needs.
	deliveryTime = 25 * time.Minute
)

// estimate tells when an order will be ready and, for a delivery, at the door: the orders ahead are worked off some at
// once, then the slowest dish decides, and every further portion adds a little.
func estimate(lines []Line, fulfillment Fulfillment, ahead int, at time.Time) (ready time.Time, delivered *time.Time) {
	var slowest time.Duration
	portions := 0
	for _, l := range lines {
		slowest = max(slowest, l.Preparation)
		portions += l.Quantity
	}
	ready = at.
		Add(time.Duration(ahead/kitchenSlots) * slotTime).
		Add(slowest + time.Duration(portions-1)*extraPortionTime)
	if fulfillment == Delivery {
		arrival := ready.Add(deliveryTime)
		delivered = &arrival
	}
	return ready, delivered
}
