package ordering

import "time"

const (
	// ordersAtOnce is how many orders the kitchen works on side by side.
	ordersAtOnce = 4
	// turn is how long a place in the kitchen is taken by an order that is ahead.
	turn = 8 * time.Minute
	// extraPortion is what each portion after the first adds: ovens are shared.
	extraPortion = time.Minute
	// ride is how long a driver needs.
	ride = 25 * time.Minute
)

// estimate tells when an order will be ready and, for a delivery, at the door: the orders ahead are worked off some at
// once, then the slowest dish decides, and every further portion adds a little.
func estimate(lines []Line, how Fulfillment, ahead int, at time.Time) (ready time.Time, delivered *time.Time) {
	var slowest time.Duration
	portions := 0
	for _, l := range lines {
		slowest = max(slowest, l.Preparation)
		portions += l.Quantity
	}
	ready = at.
		Add(time.Duration(ahead/ordersAtOnce) * turn).
		Add(slowest + time.Duration(portions-1)*extraPortion)
	if how == Delivery {
		door := ready.Add(ride)
		delivered = &door
	}
	return ready, delivered
}
