package ordering

import (
	"cmp"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// replan promises the order anew. An order that the kitchen has begun takes as much longer as what is new in it; one of
// which less is wanted keeps its promise where no other can be given now. It fails as Place.plan does.
func (p Place) replan(before State, after *State, now time.Time, zones *location.Zones) error {
	var fresh []Line
	for _, l := range after.Lines {
		was := before.quantityOf(l.ID)
		if more := l.Quantity - was; more > 0 {
			l.Quantity = more
			fresh = append(fresh, l)
		}
	}
	local, err := p.Local(*cmp.Or(before.ScheduledFor, &now), zones)
	if err != nil {
		return fmt.Errorf("tell the local time: %w", err)
	}
	takes := p.takes(after.Lines, local.Hour())
	for i := range after.Lines {
		after.Lines[i].Takes = takes[i]
	}
	if before.Status == Preparing {
		work := p.work(fresh, before.Way, local.Hour())
		ready := now.Add(work.Making + p.Kitchen.Oven(nil, now).Baking(work.Pizzas))
		if likely := ready.Add(before.Way); len(fresh) > 0 && !before.Promise.Likely.IsZero() && likely.After(before.Promise.Likely) {
			after.Promise, after.EstimatedReadyAt = before.Promise.Moved(likely, changedReason), later(before.EstimatedReadyAt, ready)
		}
		return nil
	}
	plan, err := p.plan(after.Lines, before.Way, before.ScheduledFor, now, zones)
	if _, refused := fault.As(err); refused && len(fresh) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	after.promise(plan)
	if after.Promise.Likely.Equal(before.Promise.Likely) && after.Promise.Latest.Equal(before.Promise.Latest) {
		after.Promise = before.Promise
	} else {
		after.Promise.Reason = changedReason
	}
	return nil
}

const changedReason = "The order was changed."

func (s State) quantityOf(item uuid.UUID) int {
	for _, l := range s.Lines {
		if l.ID == item {
			return l.Quantity
		}
	}
	return 0
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
