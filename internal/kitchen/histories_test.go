package kitchen_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/ordering"
)

// Whatever screens do, and in whatever order, a ticket holds together: tasks follow each other, its status follows from them, each
// change is one event, and its events tell all of it.
func TestTicketsHoldTogetherWhateverScreensDo(t *testing.T) {
	t.Parallel()
	kinds := []kitchen.ActionKind{
		kitchen.Start, kitchen.Finish, kitchen.Undo, kitchen.Bump, kitchen.Recall, kitchen.Rush, kitchen.Hold, kitchen.Fire, kitchen.Seen,
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := []kitchen.ConfirmedLine{pizza()}
		for range rapid.IntRange(0, 3).Draw(t, "more lines") {
			lines = append(lines, rapid.SampledFrom([]kitchen.ConfirmedLine{pizza(), salad(), {ItemID: uuid.New()}}).Draw(t, "line"))
		}
		order := kitchen.Confirmed{OrderID: uuid.New(), DueAt: noon.Add(time.Hour), Scheduled: rapid.Bool().Draw(t, "scheduled"), Lines: lines}
		ticket := kitchen.OpenTicket(order, stations(), routes(), cook(), noon)
		now := noon
		for range rapid.IntRange(1, 30).Draw(t, "actions") {
			now = now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "later")) * time.Second)
			before := ticket.State().Version
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				ticket.FireDue(now)
				requireWhole(t, ticket)
				continue
			case 1:
				var items []kitchen.ChangedItem
				order.Lines, items = changedLines(t, order.Lines)
				ticket.Change(order, items, stations(), routes(), cook(), nil, now)
				requireWhole(t, ticket)
				continue
			}
			a := kitchen.Action{
				Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), SeenVersion: rapid.IntRange(1, before).Draw(t, "seen"), At: now.Add(-time.Minute),
				StationIDs: rapid.SliceOfNDistinct(rapid.SampledFrom([]uuid.UUID{maker.ID, oven.ID, expo.ID}), 0, 3, rapid.ID[uuid.UUID]).Draw(t, "stations"),
			}
			if rapid.Bool().Draw(t, "with a reason") || a.Kind == kitchen.Rush {
				a.Reason = new("because")
			}
			verdict := ticket.Apply(a, expo.ID, cook(), now)
			if verdict.Outcome == kitchen.Applied {
				require.Equal(t, before+1, ticket.State().Version, "%s", a.Kind)
			} else {
				require.Equal(t, before, ticket.State().Version, "%s", a.Kind)
			}
			requireWhole(t, ticket)
		}
	})
}

// changedLines are other lines of an order, and what is another than before.
func changedLines(t *rapid.T, lines []kitchen.ConfirmedLine) (after []kitchen.ConfirmedLine, items []kitchen.ChangedItem) {
	for i, l := range lines {
		switch what := rapid.IntRange(0, 3).Draw(t, "becomes"); {
		case what == 0 && i > 0: // is removed
			items = append(items, kitchen.ChangedItem{ItemID: l.ItemID, Was: []byte(`{}`)})
			continue
		case what == 1:
			items = append(items, kitchen.ChangedItem{ItemID: l.ItemID, Was: []byte(`{}`)})
		}
		after = append(after, l)
	}
	if rapid.Bool().Draw(t, "one more") {
		added := salad()
		after, items = append(after, added), append(items, kitchen.ChangedItem{ItemID: added.ItemID})
	}
	return after, items
}

func requireWhole(t *rapid.T, ticket *kitchen.Ticket) {
	s := ticket.State()
	done, begun := true, false
	for _, shown := range s.Shown() {
		l := s.Lines[shown.Index]
		require.NotEqual(t, shown.Change != nil && *shown.Change == kitchen.LineChanged, shown.Before == nil)
		if shown.Change != nil {
			require.NotZero(t, s.Changed, "nobody has seen it")
		}
		if l.Until > 0 {
			require.Equal(t, kitchen.LineRemoved, *shown.Change)
			continue
		}
		for step, task := range l.Tasks {
			done, begun = done && task.Status == kitchen.TaskDone, begun || task.Status == kitchen.TaskStarted || task.Status == kitchen.TaskDone
			if step > 0 && task.Status != kitchen.TaskWaiting {
				require.Equal(t, kitchen.TaskDone, l.Tasks[step-1].Status, "a task begins behind one that is done")
			}
			require.Equal(t, task.Status == kitchen.TaskDone, task.DoneAt != nil)
			if task.Status == kitchen.TaskStarted {
				require.NotNil(t, task.StartedAt)
			}
		}
	}
	require.Equal(t, done, s.Status == kitchen.Done)
	require.Equal(t, done, s.ClosedAt != nil)
	require.Equal(t, begun, len(ticket.Moves(ordering.Confirmed)) > 0, "the order is being prepared once anything has begun")

	told := s.Blank()
	for i, e := range ticket.Events() {
		require.Equal(t, i+1, e.Version)
		require.Equal(t, told.Status, e.From)
		told = e.Apply(told)
		require.Equal(t, told.Status, e.To)
	}
	require.Equal(t, s, told, "the events tell all of the ticket")
}
