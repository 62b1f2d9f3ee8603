package location

import (
	"fmt"
	"time"
)

// Promise is when an order is there: half of such orders by Likely, nine in ten by Latest.
type Promise struct {
	Likely time.Time `json:"likely"`
	Latest time.Time `json:"latest"`
	Reason string    `json:"reason"` // what decides it, in words
}

// Moved returns the promise for another time, for a reason, as sure as it was.
func (p Promise) Moved(likely time.Time, reason string) Promise {
	likely = likely.UTC().Truncate(time.Second)
	return Promise{Likely: likely, Latest: likely.Add(p.Latest.Sub(p.Likely)), Reason: reason}
}

// Plan is what is promised of an order, and what it takes of the oven for that.
type Plan struct {
	Promise
	ReadyAt time.Time // when the kitchen is done
	Batches []Batch
}

// Planner tells what a service can promise, by its opening times and what the oven is promised for.
type Planner struct {
	Timetable
	Oven Oven
}

// Soonest plans an order that is to be there as soon as possible: for a slot that begins when it can be there. It fails with
// SERVICE_CLOSED or SERVICE_PAUSED if there is none now.
func (p Planner) Soonest(w Work) (Plan, error) {
	if err := p.mustBeOpen(w); err != nil {
		return Plan{}, err
	}
	plan := p.soonestPlan(w)
	if closes := p.atNow().closesForAWhile; plan.Latest.After(closes) {
		return Plan{}, p.refuseClosed(w, "It would be there at %s, and it closes at %s.", p.told(plan.Latest), p.told(closes))
	}
	return plan, nil
}

func (p Planner) soonestPlan(w Work) Plan {
	batches, ready := p.Oven.Fit(w.Pizzas, p.now.Add(w.Making))
	there := wholeMinute(later(ready.Add(w.Way), p.soonest()))
	reason, itself := p.whySoonest(w, batches, ready)
	return Plan{p.promise(there, p.latest(w, there, itself), reason), later(ready, there.Add(-w.Way)), batches}
}

// latest is when nine in ten orders are there that likely are there at a time. A slot's length is what is allowed for all that
// isn't known: of the way, of a kitchen that is busy, and of dishes of which too little was learned.
func (p Planner) latest(w Work, there time.Time, itself bool) time.Time {
	slot := there.Add(p.slotLength())
	if w.Spread == nil {
		return slot
	}
	learned := wholeMinute(there.Add(max(*w.Spread, time.Minute)))
	if itself && w.Way == 0 {
		return learned
	}
	return later(slot, learned)
}

// Scheduled plans an order for the slot that begins at a time. It fails with SLOT_UNAVAILABLE if there is no such slot, or no
// more room in it.
func (p Planner) Scheduled(w Work, at time.Time) (Plan, error) {
	for start := range p.times(at) {
		if !start.Equal(at) {
			break
		}
		plan, reason := p.planSlot(w, start)
		if reason != "" {
			return Plan{}, p.refuseSlot(w, at, reason)
		}
		return plan, nil
	}
	return Plan{}, p.refuseSlot(w, at, p.whyNoSlot(at))
}

// planSlot plans an order for a slot; the reason is why not, "" if it can be done.
func (p Planner) planSlot(w Work, start time.Time) (plan Plan, reason string) {
	if p.paused(start) {
		return Plan{}, fmt.Sprintf("There is a pause until %s: %s", p.told(p.service.Pause.Until), p.service.Pause.Reason)
	}
	end := start.Add(p.slotLength())
	inTime := start.Add(-w.Way - time.Duration(p.Oven.rounds(w.Pizzas))*p.Oven.bake)
	from := later(inTime, p.now.Add(w.Making))
	if alone := wholeMinute(from.Add(p.Oven.Baking(w.Pizzas) + w.Way)); alone.After(end) {
		return Plan{}, fmt.Sprintf("It would be there at %s.", p.told(alone))
	}
	batches, ready := p.Oven.Fit(w.Pizzas, from)
	there := wholeMinute(later(ready.Add(w.Way), start))
	if there.After(end) {
		return Plan{}, p.ovenIsFull(w.Pizzas, from, batches)
	}
	return Plan{p.promise(there, end, "It is ordered for "+p.told(start)+"."), later(ready, start.Add(-w.Way)), batches}, ""
}

// Slots lists slots from a moment on, 100 at most, as they are for an order.
func (p Planner) Slots(w Work, from time.Time, first int) []Slot {
	slots := []Slot{}
	for start := range p.times(from) {
		if len(slots) == min(first, maxSlots) {
			break
		}
		slots = append(slots, p.slot(w, start))
	}
	return slots
}

const maxSlots = 100

func (p Planner) slot(w Work, start time.Time) Slot {
	slot := Slot{Start: start, End: start.Add(p.slotLength()), IsFree: true}
	if _, reason := p.planSlot(w, start); reason != "" {
		slot.IsFree, slot.Reason = false, &reason
	}
	return slot
}

// NextFree returns the first free slot from a moment on; nil if there is none.
func (p Planner) NextFree(w Work, from time.Time) *Slot {
	for start := range p.times(from) {
		if slot := p.slot(w, start); slot.IsFree {
			return &slot
		}
	}
	return nil
}

func (p Planner) promise(likely, latest time.Time, reason string) Promise {
	return Promise{Likely: likely.UTC(), Latest: latest.UTC(), Reason: reason}
}

func (p Planner) slotLength() time.Duration {
	return time.Duration(p.service.SlotMinutes) * time.Minute
}

func wholeMinute(at time.Time) time.Time {
	if whole := at.Truncate(time.Minute); whole.Before(at) {
		return whole.Add(time.Minute)
	}
	return at
}
