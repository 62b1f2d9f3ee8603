package kitchen_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
)

var (
	noon  = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	maker = kitchen.Station{ID: uuid.MustParse("00000000-0000-4000-8000-000000000001"), Name: "Make"}
	oven  = kitchen.Station{ID: uuid.MustParse("00000000-0000-4000-8000-000000000002"), Name: "Oven"}
	expo  = kitchen.Station{ID: uuid.MustParse("00000000-0000-4000-8000-000000000003"), Name: "Expo", IsExpo: true}
)

func stations() kitchen.Stations { return kitchen.Stations{maker, oven, expo} }

func cook() auth.Author { return auth.Author{Role: "COOK", Name: new("Carla")} }

// pizza takes ten minutes of the kitchen, five of them in the oven; a drink nothing.
func pizza() kitchen.ConfirmedLine {
	return kitchen.ConfirmedLine{ItemID: uuid.New(), Dish: kitchen.Dish{Category: "Pizza", Size: menu.Medium}, Takes: 10 * time.Minute, Least: 5 * time.Minute}
}

func salad() kitchen.ConfirmedLine {
	return kitchen.ConfirmedLine{ItemID: uuid.New(), Dish: kitchen.Dish{Category: "Salads", Size: menu.OneSize}, Takes: 4 * time.Minute}
}

func routes() kitchen.Routes {
	return kitchen.Routes{
		{Category: new("Pizza"), StationIDs: []uuid.UUID{maker.ID, oven.ID}},
		{Category: new("Salads"), StationIDs: []uuid.UUID{maker.ID}},
	}
}

func opened(lines ...kitchen.ConfirmedLine) *kitchen.Ticket {
	return kitchen.OpenTicket(kitchen.Confirmed{OrderID: uuid.New(), DueAt: noon.Add(15 * time.Minute), Lines: lines}, stations(), routes(), cook(), noon)
}

// stands tells how far each task is, a line of the order after the other.
func stands(t *kitchen.Ticket) (all []string) {
	for _, l := range t.State().Lines {
		text := ""
		for _, task := range l.Tasks {
			text += string(task.Status[0])
		}
		all = append(all, text)
	}
	return all
}

// do applies an action to all of the ticket, by whoever sees it as it is.
func do(t *kitchen.Ticket, kind kitchen.ActionKind, after time.Duration, at ...uuid.UUID) kitchen.Verdict {
	now := noon.Add(after)
	return t.Apply(kitchen.Action{Kind: kind, StationIDs: at, SeenVersion: t.State().Version, At: now, Reason: reasonOf(kind)}, expo.ID, cook(), now)
}

func reasonOf(kind kitchen.ActionKind) *string {
	if kind == kitchen.Rush {
		return new("The customer waits.")
	}
	return nil
}

func TestATaskIsQueuedOnceTheOneBeforeIsDone(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	require.Equal(t, []string{"QWW"}, stands(ticket))
	require.Equal(t, kitchen.Open, ticket.State().Status)

	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Start, time.Minute, maker.ID).Outcome)
	require.Equal(t, []string{"SWW"}, stands(ticket))
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Bump, 3*time.Minute, maker.ID).Outcome)
	require.Equal(t, []string{"DQW"}, stands(ticket))
	require.Equal(t, kitchen.Refused, do(ticket, kitchen.Bump, 3*time.Minute, expo.ID).Outcome, "it is in the oven")
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Bump, 9*time.Minute, oven.ID).Outcome)
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Bump, 10*time.Minute, expo.ID).Outcome)

	require.Equal(t, []string{"DDD"}, stands(ticket))
	require.Equal(t, kitchen.Done, ticket.State().Status)
	require.Equal(t, []ordering.Action{ordering.StartPreparing, ordering.MarkReady}, ticket.Moves(ordering.Confirmed))
	require.Len(t, ticket.Events(), ticket.State().Version)
}

func TestTheLongestLineFiresFirst(t *testing.T) {
	t.Parallel()
	ticket := opened(salad(), pizza())
	require.Equal(t, []string{"WW", "QWW"}, stands(ticket))
	require.Equal(t, noon.Add(6*time.Minute), *ticket.State().NextFireAt())

	do(ticket, kitchen.Start, 2*time.Minute, maker.ID)

	require.Equal(t, noon.Add(8*time.Minute), *ticket.State().NextFireAt(), "the pizza began two minutes late")
	require.False(t, ticket.FireDue(noon.Add(7*time.Minute)))
	require.True(t, ticket.FireDue(noon.Add(8*time.Minute)))
	require.Equal(t, []string{"QW", "SWW"}, stands(ticket))
	require.False(t, ticket.FireDue(noon.Add(9*time.Minute)), "once")
}

func TestAScheduledOrderIsHeldUntilShortlyBefore(t *testing.T) {
	t.Parallel()
	order := kitchen.Confirmed{OrderID: uuid.New(), Scheduled: true, DueAt: noon.Add(2 * time.Hour), Lines: []kitchen.ConfirmedLine{pizza()}}
	ticket := kitchen.OpenTicket(order, stations(), routes(), cook(), noon)
	require.Equal(t, kitchen.Held, ticket.State().Status)
	require.Equal(t, noon.Add(105*time.Minute), *ticket.State().NextFireAt(), "ten minutes of work, and five to spare")

	require.Equal(t, kitchen.Refused, do(ticket, kitchen.Start, time.Minute).Outcome)
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Hold, time.Minute).Outcome)
	require.Equal(t, noon.Add(115*time.Minute), *ticket.State().NextFireAt())
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Fire, 2*time.Minute).Outcome)

	require.Equal(t, kitchen.Open, ticket.State().Status)
	require.Nil(t, ticket.State().NextFireAt())
	require.Equal(t, kitchen.Already, do(ticket, kitchen.Fire, 3*time.Minute).Outcome)
}

func TestUndoTakesBackWhatTheNextStationHasNotBegun(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	do(ticket, kitchen.Start, time.Minute, maker.ID)
	do(ticket, kitchen.Bump, 2*time.Minute, maker.ID)
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Undo, 3*time.Minute, maker.ID).Outcome)
	require.Equal(t, []string{"SWW"}, stands(ticket), "it was begun before")
	require.Equal(t, noon.Add(time.Minute), *ticket.State().Lines[0].Tasks[0].StartedAt, "its clock goes on")

	do(ticket, kitchen.Bump, 4*time.Minute, maker.ID)
	do(ticket, kitchen.Start, 5*time.Minute, oven.ID)
	require.Equal(t, kitchen.Refused, do(ticket, kitchen.Undo, 6*time.Minute, maker.ID).Outcome)
}

func TestARecallBringsBackWhatComesBehindIt(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	do(ticket, kitchen.Bump, 10*time.Minute)
	require.Equal(t, kitchen.Done, ticket.State().Status)

	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Recall, 12*time.Minute, oven.ID).Outcome)

	require.Equal(t, []string{"DQW"}, stands(ticket))
	require.True(t, ticket.State().Recalled)
	require.Nil(t, ticket.State().ClosedAt)
	require.Equal(t, []ordering.Action{ordering.Recall}, ticket.Moves(ordering.Ready))
	do(ticket, kitchen.Bump, 20*time.Minute)
	require.False(t, ticket.State().Recalled, "it is done again")
}

func TestTheExpediterHandsOnWhatIsNotDoneOnlyForAReason(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	bump := kitchen.Action{Kind: kitchen.Bump, StationIDs: []uuid.UUID{expo.ID}, SeenVersion: 1, At: noon}
	require.Equal(t, kitchen.Refused, ticket.Apply(bump, expo.ID, cook(), noon).Outcome)

	bump.Reason = new("The oven's screen is broken.")
	require.Equal(t, kitchen.Applied, ticket.Apply(bump, expo.ID, cook(), noon).Outcome)

	require.Equal(t, kitchen.Done, ticket.State().Status)
	last := ticket.Events()[len(ticket.Events())-1]
	require.Equal(t, bump.Reason, last.Reason, "it is recorded")
}

func TestWhatWasDoneOnAnOldTicketIsAConflict(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	do(ticket, kitchen.Start, time.Minute)
	ticket.Follow(ordering.Event{Type: ordering.OrderCancelled, Actor: cook(), At: noon.Add(2 * time.Minute)})
	require.Equal(t, kitchen.Cancelled, ticket.State().Status)
	late := kitchen.Action{Kind: kitchen.Bump, SeenVersion: 2, At: noon.Add(90 * time.Second)}

	require.Equal(t, kitchen.Conflict, ticket.Apply(late, expo.ID, cook(), noon.Add(5*time.Minute)).Outcome)
	require.Len(t, ticket.Events(), 3, "nothing has changed")
}

func TestABumpFasterThanPhysicsIsFlagged(t *testing.T) {
	t.Parallel()
	honest, hasty := opened(pizza()), opened(pizza())
	do(honest, kitchen.Bump, 8*time.Minute)
	do(hasty, kitchen.Bump, 2*time.Minute)
	tooFast := func(t *kitchen.Ticket) bool {
		return slices.ContainsFunc(t.State().Lines[0].Tasks, func(task kitchen.Task) bool { return task.TooFast })
	}
	require.False(t, tooFast(honest))
	require.True(t, tooFast(hasty), "no pizza is baked in two minutes here")
}

func TestTheTimesOfAScreenAreWithinTheTicketsAndTheServers(t *testing.T) {
	t.Parallel()
	ticket := opened(pizza())
	ahead := kitchen.Action{Kind: kitchen.Start, SeenVersion: 1, At: noon.Add(time.Hour)}
	ticket.Apply(ahead, expo.ID, cook(), noon.Add(time.Minute))
	require.Equal(t, noon.Add(time.Minute), *ticket.State().Lines[0].Tasks[0].StartedAt)

	behind := kitchen.Action{Kind: kitchen.Bump, SeenVersion: 2, At: noon.Add(-time.Hour)}
	ticket.Apply(behind, expo.ID, cook(), noon.Add(2*time.Minute))
	require.Equal(t, noon, *ticket.State().Lines[0].Tasks[0].DoneAt)
	require.Equal(t, noon.Add(2*time.Minute), ticket.Events()[2].At, "the ticket changed when the server was told")
}

func changing(ticket *kitchen.Ticket, after time.Duration, now []kitchen.ConfirmedLine, items ...kitchen.ChangedItem) {
	order := kitchen.Confirmed{OrderID: ticket.State().OrderID, DueAt: noon.Add(20 * time.Minute), Lines: now}
	ticket.Change(order, items, stations(), routes(), cook(), nil, noon.Add(after))
}

func was(l kitchen.ConfirmedLine) kitchen.ChangedItem {
	return kitchen.ChangedItem{ItemID: l.ItemID, Was: []byte(`{"quantity":1}`)}
}

// shows tells the lines that a ticket shows, with what became of each.
func shows(t *kitchen.Ticket) (all []string) {
	for _, shown := range t.State().Shown() {
		text := "as it was"
		if shown.Change != nil {
			text = string(*shown.Change)
		}
		all = append(all, text)
	}
	return all
}

func TestWhatIsChangedIsMadeAnewAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	first, second, third := pizza(), pizza(), salad()
	ticket := opened(first, second)
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Start, time.Minute, maker.ID).Outcome)
	before := ticket.State()

	changing(ticket, 2*time.Minute, []kitchen.ConfirmedLine{first, second, third}, was(second), kitchen.ChangedItem{ItemID: third.ItemID})

	s := ticket.State()
	require.Equal(t, []string{"as it was", "CHANGED", "ADDED"}, shows(ticket))
	require.Equal(t, before.Lines[0], s.Lines[0], "its tasks and clocks go on")
	require.Equal(t, s.Version, s.Changed)
	require.Equal(t, noon.Add(20*time.Minute), s.DueAt)
	require.Equal(t, []string{"SWW", "SWW", "QWW", "WW"}, stands(ticket), "the salad waits for the pizza that is made anew")
	require.Equal(t, 1, *s.Shown()[1].Before)
	late := ticket.Apply(kitchen.Action{Kind: kitchen.Bump, SeenVersion: before.Version, At: noon.Add(3 * time.Minute)}, expo.ID, cook(), noon.Add(3*time.Minute))
	require.Equal(t, kitchen.Conflict, late.Outcome)
}

func TestWhatIsRemovedIsShownUntilSomebodyHasSeenIt(t *testing.T) {
	t.Parallel()
	first, second := pizza(), salad()
	ticket := opened(first, second)

	changing(ticket, time.Minute, []kitchen.ConfirmedLine{first}, was(second))

	require.Equal(t, []string{"as it was", "REMOVED"}, shows(ticket))
	require.Equal(t, kitchen.Applied, do(ticket, kitchen.Bump, 9*time.Minute).Outcome, "nothing of it is to be done")
	require.Equal(t, kitchen.Done, ticket.State().Status)
	again := opened(first, second)
	changing(again, time.Minute, []kitchen.ConfirmedLine{first}, was(second))
	require.Equal(t, kitchen.Applied, do(again, kitchen.Seen, 2*time.Minute).Outcome)
	require.Equal(t, []string{"as it was"}, shows(again))
	require.Zero(t, again.State().Changed)
}

func TestAChangeOfWhatNobodyHasSeenIsToldByWhatWasSeen(t *testing.T) {
	t.Parallel()
	first, second := pizza(), salad()
	ticket := opened(first)
	changing(ticket, time.Minute, []kitchen.ConfirmedLine{first, second}, was(first), kitchen.ChangedItem{ItemID: second.ItemID})

	changing(ticket, 2*time.Minute, []kitchen.ConfirmedLine{first, second}, was(first), was(second))

	require.Equal(t, []string{"CHANGED", "ADDED"}, shows(ticket))
	require.Zero(t, *ticket.State().Shown()[0].Before, "what it was when the ticket came")
	do(ticket, kitchen.Seen, 3*time.Minute)
	changing(ticket, 4*time.Minute, []kitchen.ConfirmedLine{first, second}, was(first))
	require.Equal(t, []string{"CHANGED", "as it was"}, shows(ticket))
}

func TestATicketIsDoneOnceWhatWasLeftIsNotWantedAnyMore(t *testing.T) {
	t.Parallel()
	first, second := pizza(), salad()
	ticket := opened(first, second)
	ids := []uuid.UUID{}
	for _, task := range ticket.State().Lines[0].Tasks {
		ids = append(ids, task.ID)
	}
	now := noon.Add(9 * time.Minute)
	require.Equal(t, kitchen.Applied, ticket.Apply(kitchen.Action{Kind: kitchen.Finish, TaskIDs: ids, SeenVersion: 1, At: now}, expo.ID, cook(), now).Outcome)
	require.Equal(t, kitchen.Open, ticket.State().Status)

	changing(ticket, 10*time.Minute, []kitchen.ConfirmedLine{first}, was(second))

	require.Equal(t, kitchen.Done, ticket.State().Status)
	require.Equal(t, []ordering.Action{ordering.MarkReady}, ticket.Moves(ordering.Preparing))
}
