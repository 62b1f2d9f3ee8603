package e2e_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

type ticket struct {
	ID, Status                    string
	Version                       int
	FireAt, DueAt                 time.Time
	IsRush, IsRecalled, IsChanged bool
	RushReason, RecallReason      *string
	Order                         struct{ ID, Status string }
	Items                         []ticketItem
}

type ticketItem struct {
	ID     string
	FireAt time.Time
	Item   struct {
		Name     string
		Quantity int
	}
	Tasks  []kitchenTask
	Change *string
	Before *struct {
		Name     string
		Quantity int
	}
}

type kitchenTask struct {
	ID, Status string
	Station    struct{ Name string }
	DoneBy     *string
}

// stands lists how far the tasks of a line are, by their stations.
func (i ticketItem) stands() (at []string) {
	for _, t := range i.Tasks {
		at = append(at, t.Station.Name+" "+t.Status)
	}
	return at
}

const ticketFragment = `fragment ticket on Ticket {
	id status version fireAt dueAt isRush isRecalled isChanged rushReason recallReason order { id status }
	items { id fireAt item { name quantity } change before { name quantity } tasks { id status station { name } doneBy } }
}`

type board struct {
	Tickets  []ticket
	AsOf     string
	Digest   string
	Stations []struct{ ID, Name string }
}

// board asks for what the kitchen has to do.
func (p *person) board(v vars) board {
	p.Helper()
	return ask[struct{ KitchenBoard board }](p, `query($at: DateTime, $stationIds: [ID!]) {
		kitchenBoard(at: $at, stationIds: $stationIds) { tickets { ...ticket } asOf digest stations { id name } }
	} `+ticketFragment, v).KitchenBoard
}

type actionResult struct {
	ID, Outcome string
	Message     *string
	Ticket      *ticket
}

// act tells what was done to a ticket at a screen.
func (p *person) act(t ticket, kind string, more vars) actionResult {
	p.Helper()
	action := vars{"id": uuid.NewString(), "ticketId": t.ID, "kind": kind, "seenVersion": t.Version, "at": time.Now()}
	for name, value := range more {
		action[name] = value
	}
	return p.actAll(action)[0]
}

func (p *person) actAll(actions ...vars) []actionResult {
	p.Helper()
	done := ask[struct {
		ApplyKitchenActions struct {
			Results    []actionResult
			UserErrors []refusal
		}
	}](p, `mutation($actions: [KitchenActionInput!]!) {
		applyKitchenActions(input: { actions: $actions }) { results { id outcome message ticket { ...ticket } } userErrors { code message } }
	} `+ticketFragment, vars{"actions": actions}).ApplyKitchenActions
	require.Empty(p, done.UserErrors)
	require.Len(p, done.Results, len(actions))
	return done.Results
}

const watchBoard = `subscription($after: Cursor!) {
	feed: kitchenBoardChanged(after: $after) {
		__typename
		... on TicketChanged { cursor type digest ticket { ...ticket } }
		... on ResyncRequired { cursor reason }
	}
} ` + ticketFragment

type ticketChange struct {
	Type, Cursor, Digest string
	Ticket               ticket
}

func (f *feed) nextTicket() ticketChange {
	f.Helper()
	var result struct{ Feed ticketChange }
	require.NoError(f, json.Unmarshal([]byte(f.nextRaw()), &result))
	require.NotEmpty(f, result.Feed.Type)
	return result.Feed
}

func TestACookWorksThroughATicketAtItsStations(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	empty := cook.board(nil)
	require.Empty(t, empty.Tickets)
	require.Equal(t, "cbf29ce484222325", empty.Digest)
	watching := cook.connect().subscribe(watchBoard, after(empty.AsOf))

	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 1}, portion{"Cola", "ONE_SIZE", 2}))

	opened := watching.nextTicket()
	require.Equal(t, "OPENED", opened.Type)
	require.Equal(t, placed.ID, opened.Ticket.Order.ID)
	require.Equal(t, []string{"Make QUEUED", "Oven WAITING", "Cut WAITING", "Expo WAITING"}, opened.Ticket.Items[0].stands())
	require.Equal(t, []string{"Expo WAITING"}, opened.Ticket.Items[1].stands(), "the cola can wait for the pizza")
	require.Equal(t, opened.Digest, cook.board(nil).Digest)

	started := cook.act(opened.Ticket, "START", nil)
	require.Equal(t, "APPLIED", started.Outcome)
	require.Equal(t, "PREPARING", started.Ticket.Order.Status)
	require.Equal(t, "STARTED", watching.nextTicket().Type)
	require.Equal(t, "CONFLICT", cook.act(opened.Ticket, "DONE", vars{"taskIds": []string{opened.Ticket.Items[0].Tasks[2].ID}}).Outcome, "cut before it is baked")

	all := cook.act(*started.Ticket, "BUMP", vars{"stationIds": []string{s.station("Expo")}})
	require.Equal(t, "REFUSED", all.Outcome, "the expediter doesn't hand on what isn't done")
	done := cook.act(*started.Ticket, "FIRE", nil)
	require.Equal(t, "APPLIED", done.Outcome)
	done = cook.act(*done.Ticket, "BUMP", nil)
	require.Equal(t, "APPLIED", done.Outcome)
	require.Equal(t, "DONE", done.Ticket.Status)
	require.Equal(t, "READY", done.Ticket.Order.Status)

	recalled := cook.act(*done.Ticket, "RECALL", vars{"reason": "burnt"})
	require.Equal(t, "APPLIED", recalled.Outcome)
	require.Equal(t, "PREPARING", recalled.Ticket.Order.Status)
	require.True(t, recalled.Ticket.IsRecalled)
	require.Equal(t, "ALREADY", cook.act(*recalled.Ticket, "RECALL", nil).Outcome)

	again := cook.act(*recalled.Ticket, "BUMP", nil)
	require.Equal(t, "READY", again.Ticket.Order.Status)
	for _, want := range []string{"FIRED", "DONE", "RECALLED", "DONE"} {
		change := watching.nextTicket()
		require.Equal(t, want, change.Type)
	}
	last := cook.board(nil)
	require.Equal(t, "cbf29ce484222325", last.Digest, "nothing is left to do")
	require.Len(t, last.Tickets, 1, "it stays for a while")
}

func TestABoardIsShownAsItStoodThen(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 1}))
	first := cook.board(nil).Tickets[0]
	var then []time.Time
	wait := func() {
		time.Sleep(20 * time.Millisecond)
		then = append(then, time.Now())
		time.Sleep(20 * time.Millisecond)
	}
	wait()
	started := cook.act(first, "START", nil).Ticket
	wait()
	done := cook.act(*started, "BUMP", nil).Ticket
	wait()
	recalled := cook.act(*done, "RECALL", vars{"reason": "burnt"}).Ticket
	wait()

	for i, want := range []*ticket{&first, started, done, recalled} {
		was := cook.board(vars{"at": then[i]})
		require.Len(t, was.Tickets, 1, i)
		require.Equal(t, want.Status, was.Tickets[0].Status, i)
		require.Equal(t, want.Version, was.Tickets[0].Version, i)
		require.Equal(t, want.Items[0].stands(), was.Tickets[0].Items[0].stands(), i)
	}
	require.Empty(t, cook.board(vars{"at": time.Now().Add(-time.Hour)}).Tickets)
}

func TestAnActionIsDoneOnceWhateverIsRepeated(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 1}))
	open := cook.board(nil).Tickets[0]
	bump := vars{"id": uuid.NewString(), "ticketId": open.ID, "kind": "BUMP", "seenVersion": open.Version, "at": time.Now()}
	recall := vars{"id": uuid.NewString(), "ticketId": open.ID, "kind": "RECALL", "seenVersion": open.Version + 1, "at": time.Now()}
	unknown := vars{"id": uuid.NewString(), "ticketId": uuid.NewString(), "kind": "BUMP", "seenVersion": 1, "at": time.Now()}

	done := cook.actAll(bump, unknown, recall)
	require.Equal(t, []string{"APPLIED", "REFUSED", "APPLIED"}, []string{done[0].Outcome, done[1].Outcome, done[2].Outcome})
	again := cook.actAll(bump, recall)

	require.Equal(t, []string{"APPLIED", "APPLIED"}, []string{again[0].Outcome, again[1].Outcome}, "answered as the first time")
	require.Equal(t, 3, again[1].Ticket.Version, "and not done again")
	require.Equal(t, "ALREADY", cook.act(*again[1].Ticket, "RECALL", nil).Outcome)
}

func TestAScheduledOrderFiresByTheServer(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	soon := time.Now().Add(2 * time.Hour).UTC().Truncate(15 * time.Minute)
	order := s.pickup(portion{"Margherita", "MEDIUM", 1})
	order["scheduledFor"] = soon
	placed := customer.placed(order)
	held := cook.board(nil)
	require.Equal(t, "HELD", held.Tickets[0].Status)
	require.True(t, held.Tickets[0].FireAt.After(time.Now().Add(time.Hour)))
	watching := cook.connect().subscribe(watchBoard, after(held.AsOf))

	s.run(`UPDATE public.tickets SET next_fire_at = now() WHERE order_id = $1`, placed.ID)
	s.run(`UPDATE public.ticket_items SET fire_at = now() - interval '1 second' WHERE ticket_id = $1`, held.Tickets[0].ID)

	fired := watching.nextTicket()
	require.Equal(t, "FIRED", fired.Type)
	require.Equal(t, "OPEN", fired.Ticket.Status)
	require.Equal(t, "Make QUEUED", fired.Ticket.Items[0].stands()[0])
	watching.expectNothing()
}

func TestTheEightMovesMoveTheTicket(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 1}))
	stands := func() []string { return cook.board(nil).Tickets[0].Items[0].stands() }

	cook.moves(placed.ID, "startPreparingOrder")
	require.Equal(t, []string{"Make STARTED", "Oven WAITING", "Cut WAITING", "Expo WAITING"}, stands())
	cook.moves(placed.ID, "markOrderReady")
	require.Equal(t, []string{"Make DONE", "Oven DONE", "Cut DONE", "Expo DONE"}, stands())

	called := customer.placed(s.pickup(portion{"Marinara", "MEDIUM", 1}))
	customer.moves(called.ID, "cancelOrder")
	for _, ticket := range cook.board(nil).Tickets {
		if ticket.Order.ID == called.ID {
			require.Equal(t, "CANCELLED", ticket.Status)
		}
	}
}

func TestAManagerLaysOutTheKitchen(t *testing.T) {
	s := open(t)
	manager, customer, cook := s.signIn("manager"), s.signIn("customer"), s.signIn("cook")
	type layout struct {
		Stations []struct {
			ID, Name string
			Position int
			IsExpo   bool
		}
		UserErrors []refusal
	}
	names := func(l layout) (all []string) {
		for _, station := range l.Stations {
			all = append(all, station.Name)
		}
		return all
	}
	change := func(mutation string, input vars) layout {
		return ask[map[string]layout](manager, `mutation($input: `+strings.ToUpper(mutation[:1])+mutation[1:]+`Input!) {
			`+mutation+`(input: $input) { stations { id name position isExpo } userErrors { code message } }
		}`, vars{"input": input})[mutation]
	}

	added := change("createStation", vars{"idempotencyKey": uuid.NewString(), "name": "Fryer", "capacity": 4})
	require.Equal(t, []string{"Make", "Oven", "Cut", "Fryer", "Expo"}, names(added))
	fryer := added.Stations[3].ID
	require.Equal(t, "ALREADY_EXISTS", change("createStation", vars{"idempotencyKey": uuid.NewString(), "name": "FRYER"}).UserErrors[0].Code)
	require.Equal(t, []string{"Fryer", "Make", "Oven", "Cut", "Expo"}, names(change("updateStation", vars{"stationId": fryer, "position": 1})))
	require.Equal(t, "BAD_USER_INPUT", change("archiveStation", vars{"stationId": s.station("Expo")}).UserErrors[0].Code)

	set := ask[struct {
		SetStationRoutes struct {
			Routes     []struct{ Category *string }
			UserErrors []refusal
		}
	}](manager, `mutation($routes: [StationRouteInput!]!) {
		setStationRoutes(input: { routes: $routes }) { routes { category } userErrors { code message } }
	}`, vars{"routes": []vars{{"category": "Sides", "stationIds": []string{fryer}}}})
	require.Empty(t, set.SetStationRoutes.UserErrors)
	without := ask[struct{ ItemsWithoutRoute []item }](manager, `{ itemsWithoutRoute { id name } }`, nil).ItemsWithoutRoute
	require.NotEmpty(t, without, "pizzas have no route any more")

	customer.placed(s.pickup(portion{"Chilli Wings", "ONE_SIZE", 1}, portion{"Margherita", "MEDIUM", 1}))
	items := cook.board(nil).Tickets[0].Items
	require.Equal(t, "Fryer", items[0].Tasks[0].Station.Name)
	require.Len(t, items[1].Tasks, 1, "what has no route goes to the expediter")
	require.Equal(t, []string{"Make", "Oven", "Cut", "Expo"}, names(change("archiveStation", vars{"stationId": fryer})))
}

// station is the id of one of the shop's stations.
func (s *shop) station(name string) (id string) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT s.id::text FROM public.stations AS s WHERE s.name = $1`, name).Scan(&id))
	return id
}
