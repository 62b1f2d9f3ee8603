package ordering

import (
	"cmp"
	"fmt"
	"time"

	"pizzeria/internal/location"
)

// planned is what a new order is promised, and what was looked at for it.
type planned struct {
	location.Plan
	kitchen time.Duration // how long it takes if nothing else is to do
	way     time.Duration
	takes   []time.Duration // how long each line takes of that
}

// deliver returns the place as it charges for the order's address, and how long the way there takes. It fails with
// OUTSIDE_DELIVERY_AREA if the place doesn't deliver there.
func (p Place) deliver(how Fulfillment) (Place, time.Duration, error) {
	switch {
	case how == Pickup:
		return p, 0, nil
	case p.Zone != nil:
		p.Charges = p.Delivering(*p.Zone)
		return p, time.Duration(p.Zone.Minutes) * time.Minute, nil
	case p.HasZones:
		return p, 0, location.OutsideDeliveryArea("deliveryAddress", "postalCode")
	}
	return p, time.Duration(p.Kitchen.DeliveryMinutes) * time.Minute, nil
}

// plan finds the slot that the order asks for, or the soonest. It fails with SERVICE_CLOSED, SERVICE_PAUSED or SLOT_UNAVAILABLE
// if the order can't be there then.
func (p Place) plan(lines []Line, way time.Duration, scheduled *time.Time, at time.Time, zones *location.Zones) (planned, error) {
	begun, err := p.Local(*cmp.Or(scheduled, &at), zones)
	if err != nil {
		return planned{}, fmt.Errorf("tell the local time: %w", err)
	}
	oven, work := p.Kitchen.Oven(p.Promised, at), p.work(lines, way, begun.Hour())
	done := planned{kitchen: work.Making + oven.Baking(work.Pizzas), way: way, takes: p.takes(lines, begun.Hour())}
	if scheduled == nil { // nearly every order
		today, err := p.Service.Today(p.Calendar, at, zones)
		if err != nil {
			return planned{}, fmt.Errorf("tell the opening times: %w", err)
		}
		if done.Plan, err = (location.Planner{Timetable: today, Oven: oven}).Soonest(work); err == nil {
			return done, nil
		}
	}
	timetable, err := p.Service.Timetable(p.Calendar, at, zones)
	if err != nil {
		return planned{}, fmt.Errorf("tell the opening times: %w", err)
	}
	planner := location.Planner{Timetable: timetable, Oven: oven}
	if scheduled != nil {
		done.Plan, err = planner.Scheduled(work, *scheduled)
	} else {
		done.Plan, err = planner.Soonest(work)
	}
	return done, err
}

// work is what the lines ask of the kitchen in an hour of the day: its cooks make portions side by side, and the slowest one
// decides where they are few. How surely is known where it was learned of all of them.
func (p Place) work(lines []Line, way time.Duration, hour int) location.Work {
	w, known := location.Work{Way: way}, len(lines) > 0
	var slowest, all making
	for _, l := range lines {
		if l.IsPizza {
			w.Pizzas += l.Quantity
		}
		portion := p.making(l, hour)
		portions := portion.times(l.Quantity)
		slowest.likely, slowest.latest = max(slowest.likely, portion.likely), max(slowest.latest, portion.latest)
		all.likely, all.latest = all.likely+portions.likely, all.latest+portions.latest
		known = known && portion.learned
	}
	cooks := time.Duration(p.Kitchen.Cooks)
	w.Making = max(slowest.likely, all.likely/cooks)
	if known {
		w.Spread = new(max(slowest.latest, all.latest/cooks) - w.Making)
	}
	return w
}

// takes is how long each line takes that is begun in an hour of the day, from its beginning until it is baked.
func (p Place) takes(lines []Line, hour int) []time.Duration {
	takes := make([]time.Duration, len(lines))
	for i, l := range lines {
		takes[i] = p.making(l, hour).likely
		if l.IsPizza {
			takes[i] += p.Kitchen.Bake()
		}
	}
	return takes
}

// promise tells an order to be what was planned.
func (s *State) promise(p planned) {
	s.Promise, s.Batches, s.KitchenTime, s.Way = p.Promise, p.Batches, p.kitchen, p.way
	s.EstimatedReadyAt = p.ReadyAt
	for i := range s.Lines {
		s.Lines[i].Takes = p.takes[i]
	}
	if s.Fulfillment == Delivery {
		s.EstimatedDeliveryAt = new(p.ReadyAt.Add(p.way))
	}
}

// revise tells what is promised now that an order has come from one state to another; nil if it is what was promised before.
func (o *Order) revise(from, to Status, at time.Time) *location.Promise {
	before, why := o.state.Promise, "The kitchen began later than planned."
	if from == Ready {
		why = "Something of it is made anew."
	}
	if before.Likely.IsZero() { // of an order of an earlier version
		return nil
	}
	now := before
	switch likely := at.Add(o.state.Way); {
	case to == Preparing:
		if likely = likely.Add(o.state.KitchenTime); !likely.After(before.Likely) {
			return nil
		}
		now = before.Moved(likely, why)
	case to == Ready && o.state.Fulfillment == Pickup:
		now = location.Promise{Likely: at, Latest: at, Reason: "It is ready."}
	case to == Ready:
		if o.state.ScheduledFor != nil && o.state.ScheduledFor.After(likely) {
			likely = *o.state.ScheduledFor
		}
		now = before.Moved(likely, "It is ready, and waits for its driver.")
	case to == OutForDelivery:
		now = before.Moved(likely, "It is on its way.")
	}
	if now == before {
		return nil
	}
	o.state.Promise = now
	return &now
}
