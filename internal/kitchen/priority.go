package kitchen

import (
	"time"
)

// rush puts the ticket before others.
func (t *Ticket) rush(a doing) Verdict {
	switch {
	case t.state.IsRush:
		return already()
	case t.state.Status == Done:
		return t.cannot(a, AllDone)
	}
	t.change(TicketRushed, a.by, a.Reason, a.now, func() {
		t.state.IsRush, t.state.RushReason = true, a.Reason
		t.fireAll(a.now)
	})
	return applied()
}

// hold puts off what nobody has begun with.
func (t *Ticket) hold(a doing) Verdict {
	waits := false
	for _, l := range t.state.live() {
		waits = waits || !l.begun()
	}
	if !waits {
		return t.cannot(a, AllBegun)
	}
	minutes := defaultHold
	if a.Minutes != nil {
		minutes = *a.Minutes
	}
	t.change(TicketHeld, a.by, a.Reason, a.now, func() { t.postpone(time.Duration(minutes)*time.Minute, a.at) })
	return applied()
}

// fireNow lets all of it begin now.
func (t *Ticket) fireNow(a doing) Verdict {
	if t.state.NextFireAt() == nil {
		return already()
	}
	t.change(TicketFired, a.by, nil, a.now, func() { t.fireAll(a.now) })
	return applied()
}

// see says that what was changed was seen.
func (t *Ticket) see(a doing) Verdict {
	if t.state.Changed == 0 {
		return already()
	}
	t.change(ChangeSeen, a.by, nil, a.now, func() { t.state.Changed, t.state.Unseen = 0, 0 })
	return applied()
}
