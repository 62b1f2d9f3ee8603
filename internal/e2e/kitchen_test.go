package e2e_test

import (
	"encoding/json"
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

// station is the id of one of the shop's stations.
func (s *shop) station(name string) (id string) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT s.id::text FROM public.stations AS s WHERE s.name = $1`, name).Scan(&id))
	return id
}
