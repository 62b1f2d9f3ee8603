package kitchen

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// ChangedItem is a line of the order that isn't as it was. Was is what it was, as the API shows an item; nil of one that
// was added.
type ChangedItem struct {
	ItemID uuid.UUID
	Was    json.RawMessage
}

// Change has the ticket follow its order, which was changed: order is as it is now. Lines that are as they were keep their
// tasks and their clocks. What is new, or another than before, gets tasks of its own; what isn't wanted stays to be seen
// until somebody says SEEN.
func (t *Ticket) Change(order Confirmed, items []ChangedItem, stations Stations, routes Routes, by auth.Author, reason *string, at time.Time) {
	if t.state.Status.Closed() {
		return
	}
	next, begins := t.state.Version+1, t.state.FireAt()
	t.change(OrderChanged, by, reason, at, func() {
		t.state.DueAt = order.DueAt
		t.state.Changed = next
		if t.state.Unseen == 0 {
			t.state.Unseen = next
		}
		for _, item := range items {
			replaced := t.retire(item, next)
			i := slices.IndexFunc(order.Lines, func(l ConfirmedLine) bool { return l.ItemID == item.ItemID })
			if i < 0 {
				continue
			}
			line := t.line(len(t.state.Lines), order.Lines[i], stations, routes)
			line.Replaces = replaced
			t.state.Lines = append(t.state.Lines, line)
		}
		t.schedule(next, later(at, begins))
		t.fire(at)
	})
}

// retire takes the line of an item off the ticket, and returns its index; nil if the item is new.
func (t *Ticket) retire(item ChangedItem, version int) *int {
	for i, l := range t.state.live() {
		if l.ItemID == item.ItemID {
			t.state.Lines[i].Until, t.state.Lines[i].Was = version, item.Was
			return &i
		}
	}
	return nil
}

// schedule has the lines that are new in a version begin so that they are done together with the others, but not before a time.
func (t *Ticket) schedule(version int, first time.Time) {
	var done time.Time // when the last of all is done
	for _, l := range t.state.live() {
		begins := first
		if l.Since < version {
			begins = l.FireAt
		}
		done = later(done, begins.Add(l.Takes))
	}
	for i := range t.state.live() {
		if l := &t.state.Lines[i]; l.Since == version {
			l.FireAt = later(first, done.Add(-l.Takes))
			if t.state.IsRush {
				l.FireAt = first
			}
		}
	}
}

// LineChange is what became of a line that was changed since somebody said SEEN; the contract's TicketItemChange.
type LineChange string

// What can become of a line.
const (
	LineAdded   LineChange = "ADDED"
	LineChanged LineChange = "CHANGED"
	LineRemoved LineChange = "REMOVED"
)

// Shown is a line as the ticket shows it. Before is the index of the line that it was when somebody said SEEN; nil if it
// wasn't changed, or is new.
type Shown struct {
	Index  int
	Change *LineChange
	Before *int
}

// Shown are the lines that are of the ticket, and those that aren't wanted any more, until somebody has seen that. A line
// that replaced another stands in its place.
func (s State) Shown() (shown []Shown) {
	for i, l := range s.Lines {
		switch {
		case l.live(s.Version):
			shown = append(shown, s.shownLive(i))
		case l.Since <= s.Version && s.Unseen > 0 && l.Until >= s.Unseen && !s.replaced(i):
			shown = append(shown, Shown{i, new(LineRemoved), nil})
		}
	}
	slices.SortStableFunc(shown, func(a, b Shown) int { return s.root(a.Index) - s.root(b.Index) })
	return shown
}

func (s State) shownLive(i int) Shown {
	if s.Unseen == 0 || s.Lines[i].Since < s.Unseen {
		return Shown{Index: i}
	}
	for before := i; ; {
		replaces := s.Lines[before].Replaces
		if replaces == nil {
			return Shown{i, new(LineAdded), nil}
		}
		if before = *replaces; s.Lines[before].Since < s.Unseen {
			return Shown{i, new(LineChanged), &before}
		}
	}
}

// replaced tells whether a line that was there before has come in another's place by now.
func (s State) replaced(i int) bool {
	return slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Replaces != nil && *l.Replaces == i && l.Since <= s.Version })
}

// root is the first of the lines that replaced each other.
func (s State) root(i int) int {
	for s.Lines[i].Replaces != nil {
		i = *s.Lines[i].Replaces
	}
	return i
}
