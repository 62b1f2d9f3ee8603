package location

import (
	"fmt"
	"time"

	"pizzeria/internal/platform/fault"
)

// mustBeOpen refuses an order as soon as possible while the service is closed or paused, and after the last orders.
func (p Planner) mustBeOpen(w Work) error {
	switch o := p.atNow(); {
	case p.paused(p.now):
		pause := p.service.Pause
		return p.refuse(fault.ServicePaused, w, p.now, "There is a pause until %s: %s", p.told(pause.Until), pause.Reason)
	case o == nil && p.OpensAt() == nil:
		return p.refuseClosed(w, "It is closed.")
	case o == nil:
		return p.refuseClosed(w, "It is closed, and opens at %s.", p.told(*p.OpensAt()))
	case p.now.After(p.lastOrder(*o)):
		return p.refuseClosed(w, "The last orders were taken at %s.", p.told(p.lastOrder(*o)))
	}
	return nil
}

func (p Planner) refuseClosed(w Work, format string, args ...any) error {
	return p.refuse(fault.ServiceClosed, w, p.now, format, args...)
}

func (p Planner) refuseSlot(w Work, at time.Time, reason string) error {
	err := p.refuse(fault.SlotUnavailable, w, at, "%s", reason)
	return err.At("scheduledFor")
}

// refuse tells the next slot that is free, from a moment on, or at all.
func (p Planner) refuse(code fault.Code, w Work, from time.Time, format string, args ...any) *fault.Error {
	next := p.NextFree(w, from)
	if next == nil && from.After(p.now) {
		next = p.NextFree(w, p.now)
	}
	err := fault.New(code, format, args...)
	if next != nil {
		return err.With(fault.Details{NextSlot: &fault.Slot{Start: next.Start.UTC(), End: next.End.UTC()}})
	}
	return err
}

// whyNoSlot tells why no slot begins at a time.
func (p Planner) whyNoSlot(at time.Time) string {
	for _, o := range p.openings {
		if at.Before(o.opens) || !at.Before(o.closes) {
			continue
		}
		switch {
		case o.day.After(p.lastDay):
			return fmt.Sprintf("Orders are taken for %d days ahead.", p.service.MaxDaysAhead)
		case p.now.After(p.lastOrder(o)):
			return fmt.Sprintf("The last orders were taken at %s.", p.told(p.lastOrder(o)))
		case at.Before(p.soonest()):
			return fmt.Sprintf("The earliest is %s.", p.told(wholeMinute(p.soonest())))
		}
		return fmt.Sprintf("Orders are taken for every %d minutes from %s on.", p.service.SlotMinutes, p.told(o.opens))
	}
	if at.Before(p.now) {
		return "That is over."
	}
	return "It is closed then."
}

// whySoonest tells what decides when an order is there that is begun now, and whether that is how long it takes by itself.
func (p Planner) whySoonest(w Work, batches []Batch, ready time.Time) (reason string, itself bool) {
	switch oven := p.ovenIsFull(w.Pizzas, p.now.Add(w.Making), batches); {
	case ready.Add(w.Way).Before(p.soonest()):
		return fmt.Sprintf("Orders are taken %d minutes ahead.", p.service.LeadMinutes), false
	case oven != "":
		return oven, false
	}
	return fmt.Sprintf("It takes %s.", minutes(ready.Add(w.Way).Sub(wholeSecond(p.now)))), true // the oven counts from there
}

// ovenIsFull tells until when pizzas that are ready to be baked at a moment wait for places in the oven; "" if they don't.
func (p Planner) ovenIsFull(pizzas int, from time.Time, batches []Batch) string {
	if pizzas == 0 {
		return ""
	}
	last := batches[len(batches)-1].At
	if !last.After(wholeSecond(from).Add(time.Duration(p.Oven.rounds(pizzas)-1) * p.Oven.bake)) {
		return ""
	}
	return fmt.Sprintf("The oven is full until %s.", p.told(wholeMinute(last)))
}

func minutes(d time.Duration) string {
	if n := int((d + time.Minute - 1) / time.Minute); n != 1 {
		return fmt.Sprintf("%d minutes", n)
	}
	return "a minute"
}
