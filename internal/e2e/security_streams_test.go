package e2e_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

func TestTooManySubscriptions(t *testing.T) {
	s := openProduction(t, func(c *server.Config) { c.Limits.UserEventStreams = 2 })
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := cook.asOf()
	socket := cook.connect()
	const most = 20
	feeds := make([]*feed, most)
	for i := range feeds {
		feeds[i] = socket.kitchen(start)
	}

	for range 3 {
		require.Contains(t, socket.kitchen(start).awaitEnd(), "TOO_MANY_SUBSCRIPTIONS")
	}
	placed := customer.placed(s.margherita())
	for _, f := range feeds {
		f.expect(placed.ID, 0, "PLACED", "CONFIRMED")
	}
	feeds[0].cancel()
	socket.kitchen(start).expect(placed.ID, 0, "PLACED", "CONFIRMED")

	streams := []*feed{}
	for range 2 {
		f, _ := customer.eventStream(watchOrder, vars{"id": placed.ID}, "")
		f.expect(placed.ID, 1, "CONFIRMED")
		streams = append(streams, f)
	}
	body, err := json.Marshal(vars{"query": watchOrder, "variables": vars{"id": placed.ID}})
	require.NoError(t, err)
	third := customer.attackRaw(http.MethodPost, "/graphql", string(body), http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}})
	expectedRefusal{status: 429, code: "TOO_MANY_SUBSCRIPTIONS"}.require(t, third)
	customer.moves(placed.ID, "cancelOrder")
	for _, f := range streams {
		f.expect(placed.ID, 2, "CANCELLED")
	}
}

func TestTooManySockets(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	const most = 10
	first := customer.initialise()
	for range most - 1 {
		customer.initialise()
	}
	tooMany := expectedRefusal{status: 429, code: "TOO_MANY_SOCKETS"}

	tooMany.require(t, customer.handshake(nil), "with the session in the header") // p.request adds it
	late := s.visitor().dial(subprotocol)
	late.send(frame{Type: "connection_init", Payload: customer.credentials()})
	code, _ := late.closing()
	require.Equal(t, 4429, code, "with the session in connection_init")
	s.signIn("cook").initialise()
	first.send(frame{Type: "ping"})
	require.Equal(t, "pong", first.receive().Type)
	require.NoError(t, first.Close(websocket.StatusNormalClosure, ""))
	options := &websocket.DialOptions{
		Subprotocols: []string{subprotocol}, HTTPHeader: http.Header{"Authorization": {"Bearer " + customer.token}},
	}
	require.Eventually(t, func() bool {
		again, _, err := websocket.Dial(t.Context(), strings.Replace(s.first.url, "http", "ws", 1)+"/graphql", options)
		if err != nil {
			return false
		}
		t.Cleanup(func() { _ = again.CloseNow() })
		return true
	}, soon, 50*time.Millisecond)

	narrow := s.config
	narrow.Limits.AddressSockets = 2
	visitor := s.visitor().through(s.serve(narrow))
	visitor.initialise()
	visitor.initialise()
	tooMany.require(t, visitor.handshake(http.Header{"X-Forwarded-For": {"203.0.113.9"}}), "from one address")
}

// The reader stays connected, but takes nothing and answers no ping.
func TestStalledReader(t *testing.T) {
	s := openProduction(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := cook.asOf()
	other := cook.connect().kitchen(start)
	stalled := cook.initialise()
	stalled.send(subscribing("1", watching))
	require.Eventually(t, func() bool { return s.first.metric(t, `pizzeria_connections_open{kind="socket"}`) == "2" }, soon, 10*time.Millisecond)
	began := time.Now()

	for s.first.metric(t, `pizzeria_connections_open{kind="socket"}`) == "2" {
		placed := customer.placed(s.margherita())
		other.expect(placed.ID, 0, "PLACED", "CONFIRMED")
		require.Less(t, time.Since(began), 3*10*time.Second, "still open")
	}

	placed := customer.placed(s.margherita())
	other.expect(placed.ID, 0, "PLACED", "CONFIRMED")
	code, before := stalled.closing()
	require.Equal(t, -1, code, "cut off without a word, which would not be read either")
	require.NotEmpty(t, before)
}
