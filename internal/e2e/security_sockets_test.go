package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// handshake asks for a socket as a browser does, with more headers. It returns the refusal, or an answer with status 101.
func (p *person) handshake(more http.Header) func() answer {
	return func() answer {
		p.Helper()
		r := p.request(http.MethodGet, p.at.url+"/graphql", "", "application/graphql-response+json")
		for name, values := range (http.Header{
			"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
			"Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}, "Sec-Websocket-Protocol": {subprotocol},
		}) {
			r.Header[name] = values
		}
		for name, values := range more {
			r.Header[name] = values
		}
		if host := more.Get("Host"); host != "" {
			r.Host = host
		}
		return p.receive(r)
	}
}

// closing reads to the end, and returns the code that the server closed the socket with and what came before.
func (w *wire) closing() (code int, before []frame) {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	for {
		_, text, err := w.Read(ctx)
		if err != nil {
			require.NoError(w, ctx.Err(), "still open")
			return int(websocket.CloseStatus(err)), before
		}
		var f frame
		require.NoError(w, json.Unmarshal(text, &f))
		before = append(before, f)
	}
}

// refuses tells whether an operation was refused with the code, in the way of all refusals.
func (w *wire) refuses(code string) {
	w.Helper()
	f := w.receive()
	require.Equal(w, "error", f.Type)
	require.Less(w, len(f.Payload), largest)
	require.NotContains(w, string(f.Payload), marked)
	var errs []struct{ Extensions struct{ Code string } }
	require.NoError(w, json.Unmarshal(f.Payload, &errs))
	require.NotEmpty(w, errs)
	require.Equal(w, code, errs[0].Extensions.Code)
}

func subscribing(id, document string) frame {
	payload, _ := json.Marshal(vars{"query": document, "extensions": vars{marked: marked}}) // maps of strings
	return frame{ID: id, Type: "subscribe", Payload: payload}
}

// watching lasts until it is ended.
const watching = `subscription { kitchenFeed { __typename } }`

func TestForeignOriginOnUpgrade(t *testing.T) {
	const trusted = "https://shop.example"
	s := production(t, func(c *server.Config) { c.TrustedOrigins = []string{trusted} })
	customer := s.signIn("customer")
	host := strings.TrimPrefix(s.first.url, "http://")
	forbidden := verdict{status: 403, code: "FORBIDDEN"}

	for _, origin := range []string{
		"https://" + marked + ".example", "null", "", "http://" + host + ".evil.example", "http://evil" + host, "http://" + host + "@evil.example",
		"http://evil.example/" + host, "http://evil.example#" + host, "file://" + host, "http://127.0.0.1", "http://localhost:" + strings.Split(host, ":")[1],
		trusted + ".evil.example", trusted + ":444", "http://shop.example", "https://xshop.example", "https://shop%2eexample",
	} {
		forbidden.resists(t, customer.handshake(http.Header{"Origin": {origin}}), origin)
	}
	forbidden.resists(t, customer.handshake(http.Header{"Origin": {"http://" + host, "https://evil.example"}}), "two")
	for _, origin := range []string{"https://pizza.example.evil.example", "https://evilpizza.example", "https://pizza.example:444", "https://example"} {
		forbidden.resists(t, customer.handshake(http.Header{"Host": {"pizza.example"}, "Origin": {origin}}), origin, "by a name")
	}
	for _, origin := range [][]string{{"http://" + host}, {trusted}, nil} {
		customer.opens(http.Header{"Origin": origin})
	}
}

// opens asks for a socket that must be given.
func (p *person) opens(header http.Header) {
	p.Helper()
	conn, _, err := websocket.Dial(p.Context(), p.at.url+"/graphql",
		&websocket.DialOptions{HTTPClient: p.http, HTTPHeader: header, Subprotocols: []string{subprotocol}})
	require.NoError(p, err, "%v", header)
	p.Cleanup(func() { _ = conn.CloseNow() })
}

func TestBrokenUpgrade(t *testing.T) {
	s := production(t)
	visitor := s.visitor()
	for what, c := range map[string]struct {
		verdict
		header http.Header
	}{
		"no connection": {verdict{status: 426, code: "BAD_REQUEST"}, http.Header{"Connection": {marked}}},
		"no version":    {verdict{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Version": {marked}}},
		"no key":        {verdict{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Key": nil}},
		"a wrong key":   {verdict{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Key": {marked}}},
	} {
		c.resists(t, visitor.handshake(c.header), what)
	}
	other := http.Header{"Upgrade": {marked}, "Connection": {"Upgrade"}, "Content-Type": {"application/json"}}
	served := visitor.strikeRaw(http.MethodPost, "/graphql", `{"query": "{ menu { id } }"}`, other)()
	require.Equal(t, 200, served.status, "a server may ignore what it can't upgrade to")
}

func TestNoConnectionInit(t *testing.T) {
	s := production(t)
	visitor := s.visitor()
	for _, first := range []frame{{}, {Type: "ping"}, {Type: "pong"}, {Type: "complete", ID: "1"}} {
		began := time.Now()
		silent := visitor.dial(subprotocol)
		if first.Type != "" {
			silent.send(first)
		}
		code, _ := silent.closing()

		require.Equal(t, 4408, code)
		require.Less(t, time.Since(began), 2*3*time.Second)
	}
}

func TestMessagesAgainstTheProtocol(t *testing.T) {
	s := production(t)
	cook := s.signIn("cook")
	init := frame{Type: "connection_init", Payload: cook.credentials()}
	watch := subscribing("1", watching)
	for what, c := range map[string]struct {
		code   int
		frames []frame
	}{
		"subscribe before init":      {4401, []frame{watch}},
		"second init":                {4429, []frame{init, init}},
		"a stranger's token":         {4403, []frame{{Type: "connection_init", Payload: json.RawMessage(`{"authorization": "Bearer ` + marked + `"}`)}}},
		"duplicate id":               {4409, []frame{init, watch, watch}},
		"unknown type":               {4400, []frame{init, {Type: marked}}},
		"answer of a server":         {4400, []frame{init, {Type: "next", ID: "1", Payload: json.RawMessage(`{}`)}}},
		"subscribe without id":       {4400, []frame{init, subscribing("", watching)}},
		"subscribe without payload":  {4400, []frame{init, {ID: "1", Type: "subscribe"}}},
		"subscribe without document": {4400, []frame{init, subscribing("1", "")}},
		"batch":                      {4400, []frame{init, {ID: "1", Type: "subscribe", Payload: json.RawMessage(`[{"query": "{ menu { id } }"}]`)}}},
		"init of another kind":       {4400, []frame{{Type: "connection_init", Payload: json.RawMessage(`"` + marked + `"`)}}},
	} {
		w := cook.dial(subprotocol)
		for _, f := range c.frames {
			w.send(f)
		}
		code, before := w.closing()

		require.Equal(t, c.code, code, what)
		for _, f := range before {
			require.Contains(t, []string{"connection_ack", "next"}, f.Type, what)
		}
	}
	for what, text := range map[string]string{"garbage": marked, "array": "[]", "half": `{"type": "connection_init"`, "null": "null", "nothing": ""} {
		w := cook.dial(subprotocol)
		require.NoError(t, w.Write(t.Context(), websocket.MessageText, []byte(text)))
		code, before := w.closing()
		require.Equal(t, 4400, code, what)
		require.Empty(t, before, what)
	}
	binary := cook.initialise()
	require.NoError(t, binary.Write(t.Context(), websocket.MessageBinary, []byte(`{"type": "ping"}`)))
	code, _ := binary.closing()
	require.Equal(t, 4400, code)
	huge := cook.initialise()
	_ = huge.Write(t.Context(), websocket.MessageText, []byte(`{"type": "ping", "payload": "`+strings.Repeat("x", 256<<10)+`"}`)) // closed midway
	code, _ = huge.closing()
	require.Equal(t, 1009, code)
	for _, offered := range [][]string{nil, {"graphql-ws"}, {marked}} {
		code, before := cook.dial(offered...).closing()
		require.Equal(t, 4406, code)
		require.Empty(t, before)
	}
}

func TestMutationOverTheSocket(t *testing.T) {
	s := production(t)
	customer := s.signIn("customer")
	rows := s.written()
	w := customer.initialise()

	for _, document := range []string{
		`mutation { signOut }`, `mutation ` + marked + ` { ...f } fragment f on Mutation { signOut }`,
		`mutation { placeOrder(input: {idempotencyKey: "k", fulfillment: PICKUP, paymentMethod: CASH, items: [{menuItemId: "` + s.menu["Margherita"] + `", size: SMALL, quantity: 1}]}) { order { id } } }`,
	} {
		w.send(subscribing("1", document)) // the id is free again after each
		w.refuses("FORBIDDEN_TRANSPORT")
	}
	w.send(subscribing("1", `{ viewer { id } }`))
	require.JSONEq(t, `{"data": {"viewer": {"id": "`+customer.id+`"}}}`, string(w.receive().Payload))
	require.Equal(t, "complete", w.receive().Type)

	refused := verdict{status: 400, code: "FORBIDDEN_TRANSPORT"}
	refused.resists(t, customer.strikeRaw(http.MethodPost, "/graphql", signOut, http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}}))
	refused.resists(t, customer.strike(watching, nil), "a subscription by POST")
	require.Equal(t, rows, s.written())
	require.NotEmpty(t, customer.asOf(), "still signed in")
}

func TestTooManySubscriptions(t *testing.T) {
	s := production(t, func(c *server.Config) { c.Limits.UserEventStreams = 2 })
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := cook.asOf()
	socket := cook.connect()
	const most = 20
	feeds := make([]*feed, most)
	for i := range feeds {
		feeds[i] = socket.kitchen(start)
	}

	for range 3 {
		require.Contains(t, socket.kitchen(start).ending(), "TOO_MANY_SUBSCRIPTIONS")
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
	third := customer.strikeRaw(http.MethodPost, "/graphql", string(body), http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}})
	verdict{status: 429, code: "TOO_MANY_SUBSCRIPTIONS"}.resists(t, third)
	customer.moves(placed.ID, "cancelOrder")
	for _, f := range streams {
		f.expect(placed.ID, 2, "CANCELLED")
	}
}

func TestTooManySockets(t *testing.T) {
	s := production(t)
	customer := s.signIn("customer")
	const most = 10
	first := customer.initialise()
	for range most - 1 {
		customer.initialise()
	}
	tooMany := verdict{status: 429, code: "TOO_MANY_SOCKETS"}

	tooMany.resists(t, customer.handshake(nil), "with the session in the header") // p.request adds it
	late := s.visitor().dial(subprotocol)
	late.send(frame{Type: "connection_init", Payload: customer.credentials()})
	code, _ := late.closing()
	require.Equal(t, 4429, code, "with the session in connection_init")
	s.signIn("cook").initialise()
	first.send(frame{Type: "ping"})
	require.Equal(t, "pong", first.receive().Type)
	require.NoError(t, first.Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool {
		again := customer.dial()
		return again != nil
	}, soon, 50*time.Millisecond)

	narrow := s.config
	narrow.Limits.AddressSockets = 2
	visitor := s.visitor().through(s.serve(narrow))
	visitor.initialise()
	visitor.initialise()
	tooMany.resists(t, visitor.handshake(http.Header{"X-Forwarded-For": {"203.0.113.9"}}), "from one address")
}

// The reader stays connected, but takes nothing and answers no ping.
func TestStalledReader(t *testing.T) {
	s := production(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := cook.asOf()
	other := cook.connect().kitchen(start)
	stalled := cook.initialise()
	stalled.send(subscribing("1", watching))
	require.Eventually(t, func() bool { return s.first.metric(t, `pizzeria_streams_open{kind="socket"}`) == "2" }, soon, 10*time.Millisecond)
	began := time.Now()

	for s.first.metric(t, `pizzeria_streams_open{kind="socket"}`) == "2" {
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
