package location

import (
	"iter"
	"time"
)

// Slot is a time for which an order may be placed: for when the food is there.
type Slot struct {
	Start  time.Time
	End    time.Time
	IsFree bool
	Reason *string // why not
}

// times yields the start of each slot from a moment on, in order. Slots are anchored at the time at which the service opens,
// and as long as each other, whatever the clocks do; they lie within its opening.
func (t Timetable) times(from time.Time) iter.Seq[time.Time] {
	step := time.Duration(t.service.SlotMinutes) * time.Minute
	return func(yield func(time.Time) bool) {
		for _, o := range t.openings {
			if o.day.After(t.lastDay) {
				return
			}
			if t.now.After(t.lastOrder(o)) {
				continue
			}
			start := o.opens
			if earliest := later(from, t.soonest()); earliest.After(start) {
				start = start.Add((earliest.Sub(start) + step - 1).Truncate(step))
			}
			for ; !start.Add(step).After(o.closes); start = start.Add(step) {
				if !yield(start) {
					return
				}
			}
		}
	}
}

// soonest is when an order that is placed now is there at the earliest.
func (t Timetable) soonest() time.Time {
	return t.now.Add(time.Duration(t.service.LeadMinutes) * time.Minute)
}

// lastOrder is until when orders for an opening are taken.
func (t Timetable) lastOrder(o opening) time.Time {
	return o.closesForAWhile.Add(-time.Duration(t.service.LastOrderBefore) * time.Minute)
}
