package e2e_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type scheduledChange struct {
	ID, Status            string
	At, CreatedAt         time.Time
	EndedAt               *time.Time
	By                    actor
	Refusal               *struct{ Code, Message string }
	MenuItem, OptionGroup *struct{ ID string }
	Changes               []struct {
		Field string
		Value *string
	}
}

type scheduledOutcome struct {
	Change     *scheduledChange
	UserErrors []refusal
}

const (
	scheduledFields = ` {
		id status at createdAt endedAt by { role name } refusal { code message } menuItem { id } optionGroup { id } changes { field value }
	} `
	scheduledAnswer = ` { change` + scheduledFields + `userErrors { ...refused } } }` + refusedFragment
)

// shortly is a time to which a test waits. What is sent before has come by then, also where machines are busy.
func shortly() time.Time { return time.Now().Add(3 * time.Second) }

// trySchedule schedules updateMenuItem, or whatever else is told.
func (p *person) trySchedule(at time.Time, in vars) scheduledOutcome {
	p.Helper()
	whole := vars{"idempotencyKey": rand.Text(), "at": at}
	for field, value := range in {
		whole[field] = value
	}
	return ask[struct{ Done scheduledOutcome }](p, `mutation($in: ScheduleMenuChangeInput!) { done: scheduleMenuChange(input: $in)`+scheduledAnswer, vars{"in": whole}).Done
}

// schedule schedules a change of an item.
func (p *person) schedule(at time.Time, item vars) *scheduledChange {
	p.Helper()
	done := p.trySchedule(at, vars{"updateMenuItem": item})
	require.Empty(p, done.UserErrors)
	return done.Change
}

func (p *person) cancelScheduled(id string) scheduledOutcome {
	p.Helper()
	return ask[struct{ Done scheduledOutcome }](p, `mutation($id: ID!) { done: cancelScheduledMenuChange(input: {id: $id})`+scheduledAnswer, vars{"id": id}).Done
}

// scheduled lists the changes of an item.
func (p *person) scheduled(item string) []scheduledChange {
	p.Helper()
	return ask[struct{ List []scheduledChange }](p, `query($id: ID) { list: scheduledMenuChanges(menuItemId: $id, first: 100)`+scheduledFields+`}`, vars{"id": item}).List
}

// awaitEnd waits until the time of a change has come, and returns what became of it.
func (p *person) awaitEnd(id string) (became scheduledChange) {
	p.Helper()
	require.Eventually(p, func() bool {
		became = ask[struct{ Node scheduledChange }](p, `query($id: ID!) { node(id: $id) { ... on ScheduledMenuChange`+scheduledFields+`} }`, vars{"id": id}).Node
		return became.Status != "SCHEDULED"
	}, soon, sometimes)
	return became
}

func TestAPriceChangesAtItsTimeAndEverybodyIsTold(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	id := s.menu["Margherita"]
	cart := s.margherita()
	before := customer.previewed(cart).Totals.Subtotal
	watching := s.visitor().connect().subscribe(watchMenu, after(customer.asOf()))
	at := shortly()

	scheduled := manager.schedule(at, vars{"id": id, "prices": []vars{{"size": "MEDIUM", "price": 2300}}})

	require.Equal(t, []any{"SCHEDULED", actor{"MANAGER", "Mario Manager"}, id}, []any{scheduled.Status, scheduled.By, scheduled.MenuItem.ID})
	require.WithinDuration(t, at, scheduled.At, time.Millisecond)
	require.Equal(t, "prices", scheduled.Changes[0].Field)
	require.JSONEq(t, `{"MEDIUM": 2300}`, *scheduled.Changes[0].Value)
	require.Equal(t, []scheduledChange{*scheduled}, manager.scheduled(id))
	require.Equal(t, before, customer.previewed(cart).Totals.Subtotal, "nothing has changed yet")
	change := watching.nextOnMenu()
	require.Equal(t, id, change.MenuItemID)
	require.EqualValues(t, 2300, change.Item.Prices[0].Price)
	require.False(t, time.Now().Before(at))
	require.NotEqual(t, before, customer.previewed(cart).Totals.Subtotal)
	require.EqualValues(t, 2300, customer.previewed(cart).Totals.Subtotal)
	watching.expectNothing()
	became := manager.awaitEnd(scheduled.ID)
	require.Equal(t, "DONE", became.Status)
	require.False(t, became.EndedAt.Before(at))

	page := manager.audit(vars{"first": 2})
	require.Equal(t, []string{"MENU_ITEM", "SCHEDULED_MENU_CHANGE"}, []string{page.Nodes[0].Entity, page.Nodes[1].Entity})
	require.Equal(t, []any{"CHANGED", actor{"MANAGER", "Mario Manager"}, "Scheduled for " + scheduled.At.UTC().Format(time.RFC3339) + "."},
		[]any{page.Nodes[0].Action, page.Nodes[0].Actor, *page.Nodes[0].Reason})
	require.Equal(t, []string{"SCHEDULED", scheduled.ID}, []string{page.Nodes[1].Action, page.Nodes[1].EntityID})
}

func TestTwoServersMakeAScheduledChangeOnceAndACancelledOneNever(t *testing.T) {
	s := open(t)
	s.serve(s.config)
	manager := s.signIn("manager")
	id := s.menu["Margherita"]
	version := func() int {
		return ask[struct{ MenuItem item }](manager, `query($id: ID!) { menuItem(id: $id) { version } }`, vars{"id": id}).MenuItem.Version
	}
	at, was := shortly(), version()
	key := vars{"idempotencyKey": "evening", "updateMenuItem": vars{"id": id, "preparationMinutes": 31}}
	first, again := manager.trySchedule(at, key), manager.trySchedule(at, key)
	require.Equal(t, first, again)
	another := manager.trySchedule(at, vars{"idempotencyKey": "evening", "updateMenuItem": vars{"id": id, "isAvailable": false}})
	require.Equal(t, "IDEMPOTENCY_CONFLICT", another.UserErrors[0].Code)
	second := manager.schedule(at, vars{"id": id, "preparationMinutes": 32})
	cancelled := manager.schedule(at, vars{"id": id, "name": "Never"})
	require.Equal(t, "CANCELLED", manager.cancelScheduled(cancelled.ID).Change.Status)
	group := manager.createGroup(vars{"name": "Dips"}).OptionGroup.ID
	ofGroup := manager.trySchedule(at, vars{"updateOptionGroup": vars{"id": group, "name": "Sauces", "max": nil}}).Change
	require.Equal(t, group, ofGroup.OptionGroup.ID)

	for _, change := range []string{first.Change.ID, second.ID, ofGroup.ID} {
		require.Equal(t, "DONE", manager.awaitEnd(change).Status)
	}

	require.Equal(t, was+2, version(), "each once")
	require.Equal(t, "CANCELLED", manager.awaitEnd(cancelled.ID).Status)
	require.Empty(t, manager.cancelScheduled(cancelled.ID).UserErrors, "it is so already")
	require.Equal(t, "BAD_USER_INPUT", manager.cancelScheduled(second.ID).UserErrors[0].Code)
	require.Len(t, manager.scheduled(id), 3)
}

func TestAScheduledChangeThatCanNotBeMadeTellsWhy(t *testing.T) {
	s := open(t)
	chief := s.signIn("manager")
	hired := chief.invite(vars{"name": "Nina Neu", "email": "nina@shop.example", "roles": []string{"MANAGER"}})
	nina := s.visitor()
	nina.token = *s.visitor().accept(*hired.InviteToken, "correct horse").Token
	id := s.menu["Margherita"]
	at := shortly()
	hers := nina.schedule(at, vars{"id": id, "name": "Regina"})
	expecting := chief.schedule(at, vars{"id": id, "expectedVersion": 1, "name": "Regina"})
	require.Empty(t, chief.updateStaff(vars{"id": hired.StaffMember.ID, "suspended": true}).UserErrors)
	require.Empty(t, chief.updateItem(vars{"id": id, "description": "Classic."}).UserErrors)

	refused, conflict := chief.awaitEnd(hers.ID), chief.awaitEnd(expecting.ID)

	require.Equal(t, []string{"REFUSED", "FORBIDDEN"}, []string{refused.Status, refused.Refusal.Code})
	require.Equal(t, []string{"REFUSED", "VERSION_CONFLICT"}, []string{conflict.Status, conflict.Refusal.Code})
	require.Contains(t, conflict.Refusal.Message, "at version 2")
	require.Equal(t, "Margherita", ask[struct{ MenuItem item }](chief, `query($id: ID!) { menuItem(id: $id) { name } }`, vars{"id": id}).MenuItem.Name)
	require.Contains(t, chief.audit(vars{"f": vars{"entityId": hers.ID}}).did(), "SYSTEM : SCHEDULED_MENU_CHANGE REFUSED")
	require.Equal(t, []string{"updateMenuItem", "name"}, chief.trySchedule(shortly(), vars{"updateMenuItem": vars{"id": id, "name": ""}}).UserErrors[0].Path)
	require.Equal(t, "BAD_USER_INPUT", chief.trySchedule(time.Now().Add(-time.Second), vars{"updateMenuItem": vars{"id": id}}).UserErrors[0].Code)
}

func TestAChangeWhoseTimeCameWhileNoServerWasThereIsMadeLate(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	at := shortly()
	scheduled := manager.schedule(at, vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 2300}}})
	s.first.stop()
	time.Sleep(time.Until(at))

	another := s.serve(s.config)

	became := manager.through(another).awaitEnd(scheduled.ID)
	require.Equal(t, "DONE", became.Status)
	require.True(t, became.EndedAt.After(at))
	require.EqualValues(t, 2300, s.visitor().through(another).previewed(s.margherita()).Totals.Subtotal)
}

func TestManagersOfALocationScheduleItsOffers(t *testing.T) {
	s := open(t)
	c := openChain(s)
	local, id := c.locals["manager"], s.menu["Margherita"]
	offer := func(place string, price int) vars {
		return vars{"id": id, "locations": []vars{{"locationId": place, "prices": []vars{{"size": "MEDIUM", "price": price}}}}}
	}
	elsewhere := c.chief.schedule(time.Now().Add(time.Hour), offer(c.there, 3333))
	everywhere := c.chief.schedule(time.Now().Add(2*time.Hour), vars{"id": id, "preparationMinutes": 20})

	own := local.schedule(shortly(), offer(c.here, 2222))

	const document = `mutation($in: ScheduleMenuChangeInput!) { scheduleMenuChange(input: $in) { userErrors { code } } }`
	for _, in := range []vars{offer(c.there, 1), {"id": id, "name": "Mine"}} {
		require.Equal(t, "FORBIDDEN", local.do(document, vars{"in": vars{"idempotencyKey": rand.Text(), "at": shortly(), "updateMenuItem": in}}).code())
	}
	var seen []string
	for _, change := range local.scheduled(id) {
		seen = append(seen, change.ID)
	}
	require.Equal(t, []string{own.ID, everywhere.ID}, seen)
	require.Equal(t, "NOT_FOUND", local.cancelScheduled(elsewhere.ID).UserErrors[0].Code)
	require.Equal(t, "DONE", local.awaitEnd(own.ID).Status)
	require.Equal(t, 2222, s.visitor().offer(id, c.here)["MEDIUM"])
	require.NotEqual(t, 2222, s.visitor().offer(id, c.there)["MEDIUM"])
}
