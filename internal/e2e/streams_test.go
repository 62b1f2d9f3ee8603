package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnEventStreamGoesOnFromItsLastEventID(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita())
	stream, ids := customer.eventStream(watchOrder, vars{"id": placed.ID}, "")
	first := stream.expect(placed.ID, 1, "CONFIRMED")[0]
	require.Equal(t, first.Cursor, <-ids)
	cook.moves(placed.ID, "startPreparingOrder")
	second := stream.expect(placed.ID, 2, "PREPARATION_STARTED")[0]
	require.Equal(t, second.Cursor, <-ids)

	stream.cancel() // the phone is in a tunnel
	cook.moves(placed.ID, "markOrderReady", "completeOrder")

	back, _ := customer.eventStream(watchOrder, vars{"id": placed.ID}, first.Cursor)
	back.expect(placed.ID, 2, "PREPARATION_STARTED", "READY", "PICKED_UP")
	back, _ = customer.eventStream(watchOrder, vars{"id": placed.ID}, second.Cursor)
	back.expect(placed.ID, 3, "READY", "PICKED_UP")
	kitchen, _ := cook.eventStream(watchKitchen, nil, second.Cursor)
	kitchen.expect(placed.ID, 3, "READY", "PICKED_UP")
	kitchen.expectNothing()
}

func TestARefusedEventStreamTellsWhyAndEnds(t *testing.T) {
	s := open(t)
	placed := s.signIn("customer").placed(s.margherita())
	stranger := s.signUp("stranger")

	stream, _ := stranger.eventStream(watchOrder, vars{"id": placed.ID}, "")
	unknown, _ := stranger.eventStream(watchOrder, vars{"id": stranger.id}, "")
	garbage, _ := stranger.eventStream(watchOrder, vars{"id": placed.ID}, "no cursor")
	kitchen, _ := stranger.eventStream(watchKitchen, nil, "")

	refused := stream.awaitEnd()
	require.Contains(t, refused, "NOT_FOUND")
	require.Equal(t, refused, unknown.awaitEnd())
	require.Contains(t, garbage.awaitEnd(), "BAD_USER_INPUT")
	require.Contains(t, kitchen.awaitEnd(), "FORBIDDEN")
}

func TestTheDatabasesCursorsAreItsOwn(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita())
	const elsewhere = "AQAAAAAAAAAAAQAA" // well formed, but of a database that nobody has

	stream := customer.connect().order(placed.ID, elsewhere)

	resync := stream.next()
	require.Equal(t, "ResyncRequired", resync.Type)
	require.NotEmpty(t, resync.Reason)
	customer.moves(placed.ID, "cancelOrder")
	stream.expect(placed.ID, 2, "CANCELLED")
	customer.connect().order(placed.ID, resync.Cursor).expect(placed.ID, 2, "CANCELLED")
}

// A server that stops sends its clients to the other one, where they miss nothing.
func TestClientsGoOnAtAnotherServer(t *testing.T) {
	s := open(t)
	second := s.serve(s.config)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := cook.asOf()
	here, there := cook.connect().kitchen(start), cook.through(second).connect().kitchen(start)

	// Every change through either server reaches the subscribers of both.
	placed := customer.placed(s.margherita())
	cook.through(second).moves(placed.ID, "startPreparingOrder")
	changes := here.expect(placed.ID, 0, "PLACED", "CONFIRMED", "PREPARATION_STARTED")
	there.expect(placed.ID, 0, "PLACED", "CONFIRMED", "PREPARATION_STARTED")
	require.Equal(t, "PREPARING", customer.order(placed.ID).Status)
	events, ids := customer.eventStream(watchOrder, vars{"id": placed.ID}, "")
	events.expect(placed.ID, 2, "PREPARATION_STARTED")
	lastID := <-ids

	s.first.stop()
	require.Equal(t, "closed 1012", here.awaitEnd(), "come back")
	require.Equal(t, "end of stream", events.awaitEnd(), "without complete: come back")
	cook.through(second).moves(placed.ID, "markOrderReady")

	resumed := cook.through(second).connect().kitchen(changes[2].Cursor)
	resumed.expect(placed.ID, 3, "READY")
	back, _ := customer.through(second).eventStream(watchOrder, vars{"id": placed.ID}, lastID)
	back.expect(placed.ID, 3, "READY")
	there.expect(placed.ID, 3, "READY")
	cook.through(second).moves(placed.ID, "completeOrder")
	for _, f := range []*feed{resumed, back, there} {
		f.expect(placed.ID, 4, "PICKED_UP")
		f.expectNothing()
	}
}

func TestManyOrdersReachTheKitchenEachOnceAndInOrder(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	kitchen := cook.connect().kitchen(cook.asOf())
	const orders, events = 6, 5

	done := make(chan string, orders)
	for range orders {
		basket := s.margherita()
		go func() {
			id := customer.placed(basket).ID
			cook.moves(id, "startPreparingOrder", "markOrderReady", "completeOrder")
			done <- id
		}()
	}
	versions := map[string]int{}
	for range orders * events {
		c := kitchen.next()
		require.Equal(t, versions[c.Order.ID]+1, c.Event.Version)
		versions[c.Order.ID] = c.Event.Version
	}
	for range orders {
		require.Equal(t, events, versions[<-done])
	}
	kitchen.expectNothing()
}
