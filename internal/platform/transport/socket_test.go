package transport_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

func TestASubscriptionCountsAndCompletes(t *testing.T) {
	t.Parallel()
	c := start(t).connect().init()

	c.subscribe("1", `subscription { ticks(count: 2) { n } }`)

	require.JSONEq(t, `{"data":{"ticks":{"cursor":"c1","n":1,"pad":""}}}`, c.expect("1", "next"))
	c.expect("1", "next")
	c.expect("1", "complete")
}

func TestAQueryRunsOnTheSocket(t *testing.T) {
	t.Parallel()
	c := start(t).connect().init()

	c.subscribe("q", `{ hello }`)

	require.JSONEq(t, `{"data":{"hello":"hello"}}`, c.expect("q", "next"))
	c.expect("q", "complete")
}

func TestAnOperationCanEndWithAnError(t *testing.T) {
	t.Parallel()
	c := start(t).connect().init()
	for query, code := range map[string]string{
		`mutation { touch }`:                 "FORBIDDEN_TRANSPORT",
		`subscription { refused { n } }`:     "FORBIDDEN",
		`subscription { ends { n } }`:        "UNAVAILABLE",
		`subscription { panics { n } }`:      "INTERNAL_SERVER_ERROR",
		`subscription { nothing }`:           "GRAPHQL_VALIDATION_FAILED",
		`{ items(first: 101) { id } }`:       "BAD_USER_INPUT",
		`query($n: Int!) { echo(n: $n) }`:    "BAD_USER_INPUT",
		`{` + strings.Repeat("hello ", 1000): "QUERY_TOO_LARGE",
	} {
		c.subscribe("same", query) // the id is free again after each error

		require.Contains(t, c.expect("same", "error"), `"code":"`+code+`"`)
	}
	require.Zero(t, c.server.shop.touched.Load())
}

func TestTheClientEndsASubscription(t *testing.T) {
	t.Parallel()
	c := start(t).connect().init()
	c.subscribe("1", `subscription { ticks(every: 60000) { n } }`)
	c.expect("1", "next")

	c.send(`{"id":"1","type":"complete"}`)
	c.subscribe("1", `{ hello }`)

	c.expect("1", "next")
	c.expect("1", "complete")
	require.Eventually(t, func() bool { return c.server.shop.running.Load() == 0 }, atLast, time.Millisecond)
}

func TestPingIsAnsweredWithItsPayload(t *testing.T) {
	t.Parallel()
	c := start(t).connect() // also before connection_init

	c.send(`{"type":"ping","payload":{"a":1}}`)
	c.send(`{"type":"pong"}`)

	require.JSONEq(t, `{"a":1}`, c.expect("", "pong"))
}

func TestCloseCodes(t *testing.T) {
	t.Parallel()
	const init = `{"type":"connection_init"}`
	const endless = `{"id":"1","type":"subscribe","payload":{"query":"subscription { ticks(every: 60000) { n } }"}}`
	for name, c := range map[string]struct {
		send []string
		code int
	}{
		"garbage":                {[]string{"garbage"}, 4400},
		"binary":                 {[]string{"\x00"}, 4400},
		"array":                  {[]string{"[]"}, 4400},
		"unknown type":           {[]string{init, `{"type":"start"}`}, 4400},
		"no id":                  {[]string{init, `{"type":"subscribe","payload":{"query":"{hello}"}}`}, 4400},
		"no query":               {[]string{init, `{"id":"1","type":"subscribe","payload":{}}`}, 4400},
		"no payload":             {[]string{init, `{"id":"1","type":"subscribe"}`}, 4400},
		"batch":                  {[]string{init, `{"id":"1","type":"subscribe","payload":[{"query":"{hello}"}]}`}, 4400},
		"subscribe before init":  {[]string{endless}, 4401},
		"invalid token":          {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer nobody"}}`}, 4403},
		"no bearer token":        {[]string{`{"type":"connection_init","payload":{"Authorization":"Basic YTpi"}}`}, 4403},
		"token of another kind":  {[]string{`{"type":"connection_init","payload":{"authorization":1}}`}, 4403},
		"no init":                {nil, 4408},
		"no init but a ping":     {[]string{`{"type":"ping"}`}, 4408},
		"duplicate id":           {[]string{init, endless, endless}, 4409},
		"second init":            {[]string{init, init}, 4429},
		"message too big":        {[]string{init, `{"type":"ping","payload":"` + strings.Repeat("x", 300_000) + `"}`}, 1009},
		"resolver that wants it": {[]string{init, `{"id":"1","type":"subscribe","payload":{"query":"subscription { closes(code: 1013) { n } }"}}`}, 1013},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := start(t, func(o *transport.Options) { o.Timing.Init = 300 * time.Millisecond }).connect()
			for _, m := range c.send {
				client.send(m)
			}

			code, messages := client.closed()

			require.Equal(t, c.code, code)
			for _, m := range messages {
				require.NotEqual(t, "complete", m.Type)
			}
		})
	}
}

func TestOtherSubprotocolsAreClosed(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, offered := range [][]string{nil, {"graphql-ws"}, {"soap", "graphql-ws"}, {"<script>"}} {
		c := s.connectWith(&websocket.DialOptions{Subprotocols: offered})

		code, _ := c.closed()

		require.Equal(t, transport.CloseSubprotocol, code)
		if offered != nil && offered[0] != "<script>" {
			require.Equal(t, offered[0], c.conn.Subprotocol(), "a browser waits for no close code without one")
		}
	}
}

func TestOriginsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.TrustedOrigins = []string{"https://shop.example.com"} })
	host := strings.TrimPrefix(s.url, "http://")
	for origin, allowed := range map[string]bool{
		"http://" + host: true, "https://shop.example.com": true,
		"https://evil.example": false, "null": false, "": false, "http://" + host + ".evil.example": false, "http://evil" + host: false,
		"http://" + host + "@evil.example": false, "file://" + host: false, "http://127.0.0.1": false, "https://shop.example.com.evil": false,
	} {
		conn, resp, err := websocket.Dial(t.Context(), s.url, &websocket.DialOptions{
			Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {origin}},
		})
		if allowed {
			require.NoError(t, err, origin)
			require.NoError(t, conn.CloseNow())
			continue
		}
		require.Error(t, err, origin)
		require.Equal(t, http.StatusForbidden, resp.StatusCode, origin)
	}
}

func TestTheActorComesFromTheTokenOrElseTheCookie(t *testing.T) {
	t.Parallel()
	s := start(t)
	cookie := &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Cookie": {"session=ben"}},
	}
	for _, c := range []struct {
		client *client
		init   string
		user   string
	}{
		{s.connect(), ``, ""},
		{s.connect(), `{"authorization":null}`, ""},
		{s.connect(), `{"authorization":"Bearer anna"}`, "anna"},
		{s.connect(), `{"Authorization":"bearer anna"}`, "anna"},
		{s.connectWith(cookie), ``, "ben"},
		{s.connectWith(cookie), `{"authorization":""}`, "ben"},
		{s.connectWith(cookie), `{"authorization":null}`, ""},
		{s.connectWith(cookie), `{"authorization":"Bearer anna"}`, "anna"},
	} {
		c.client.init(c.init).subscribe("1", `{ whoami }`)

		require.JSONEq(t, fmt.Sprintf(`{"data":{"whoami":%q}}`, c.user), c.client.expect("1", "next"))
	}
}

func TestSubscriptionsPerSocketAreLimited(t *testing.T) {
	t.Parallel()
	c := start(t, func(o *transport.Options) { o.Connections.PerSocket = 2 }).connect().init()
	const endless = `subscription { ticks(every: 60000) { n } }`
	c.subscribe("1", endless)
	c.subscribe("2", endless)
	c.receive()
	c.receive()

	c.subscribe("3", endless)

	require.Contains(t, c.expect("3", "error"), "TOO_MANY_SUBSCRIPTIONS")
	c.send(`{"id":"1","type":"complete"}`)
	c.subscribe("3", endless)
	c.expect("3", "next")
}

func TestSocketsPerUserAreLimited(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Connections.SocketsPerUser = 2 })
	anna := `{"authorization":"Bearer anna"}`
	first := s.connect().init(anna)
	s.connect().init(anna)

	third := s.connect()
	third.send(`{"type":"connection_init","payload":` + anna + `}`)
	code, _ := third.closed()
	_, resp, err := websocket.Dial(t.Context(), s.url, &websocket.DialOptions{HTTPHeader: http.Header{"Cookie": {"session=anna"}}})

	require.Equal(t, transport.CloseTooMany, code)
	require.Error(t, err)
	require.Equal(t, http.StatusTooManyRequests, resp.StatusCode)
	s.connect().init(`{"authorization":"Bearer ben"}`)
	s.connect().init()
	require.NoError(t, first.conn.Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool {
		c := s.connect()
		c.send(`{"type":"connection_init","payload":` + anna + `}`)
		var m message
		return c.read(&m) == nil && m.Type == "connection_ack"
	}, atLast, 10*time.Millisecond, "a closed socket gives its place back")
}

func TestSocketsPerAddressAreLimited(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Connections.SocketsPerAddress = 2 })
	s.connect().init()
	s.connect().init()

	_, resp, err := websocket.Dial(t.Context(), s.url, nil)

	require.Error(t, err)
	require.Equal(t, http.StatusTooManyRequests, resp.StatusCode)
	require.Equal(t, 2, s.metric("pizzeria_connections_open", "socket"))
	require.Equal(t, 1, s.metric("pizzeria_refused_total", "TOO_MANY_SOCKETS"))
}

// logged takes a log's lines as long as it has room.
type logged chan string

func (l logged) Write(line []byte) (int, error) {
	select {
	case l <- string(line):
	default:
	}
	return len(line), nil
}

func TestASocketIsClosedWhenItsSessionEnds(t *testing.T) {
	t.Parallel()
	log := make(logged, 1)
	s := start(t, func(o *transport.Options) {
		o.Timing.SessionCheck, o.Log = 20*time.Millisecond, slog.New(slog.NewTextHandler(log, nil))
	})
	c := s.connect().init(`{"authorization":"Bearer anna"}`)
	visitor := s.connect().init()
	c.subscribe("1", `subscription { ticks(every: 60000) { n } }`)
	c.expect("1", "next")

	s.sessions.down.Store(true) // nobody knows: nobody is thrown out
	require.Contains(t, <-log, "check the sessions of connections")
	c.send(`{"type":"ping"}`)
	c.expect("", "pong")
	s.sessions.down.Store(false)
	s.sessions.revoked.Store(true)
	code, messages := c.closed()

	require.Equal(t, transport.CloseForbidden, code)
	require.Empty(t, messages)
	require.Equal(t, 1, s.metric("pizzeria_sockets_closed_total", "4403"))
	visitor.send(`{"type":"ping"}`)
	visitor.expect("", "pong")
}

func TestManySocketsAreLookedAfterTogether(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) {
		o.Timing.SessionCheck, o.Connections.SocketsPerUser = 500*time.Millisecond, -1
	})
	var clients []*client
	for range 60 {
		clients = append(clients, s.connect().init(`{"authorization":"Bearer anna"}`))
	}
	looked, looks := s.sessions.looked.Load(), s.sessions.looks.Load()
	require.Eventually(t, func() bool { return s.sessions.looked.Load() >= looked+180 }, 20*time.Second, 10*time.Millisecond)
	require.Less(t, 2*(s.sessions.looks.Load()-looks), s.sessions.looked.Load()-looked)

	s.sessions.revoked.Store(true)

	for _, c := range clients {
		code, _ := c.closed()
		require.Equal(t, transport.CloseForbidden, code)
	}
	require.NoError(t, s.Shutdown(t.Context()))
	looks = s.sessions.looks.Load()
	time.Sleep(100 * time.Millisecond)
	require.Equal(t, looks, s.sessions.looks.Load(), "nobody is left")
}

func TestAnUnknownSessionIsToldToComeBack(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sessions.down.Store(true)
	c := s.connect()

	c.send(`{"type":"connection_init","payload":{"authorization":"Bearer anna"}}`)
	code, _ := c.closed()

	require.Equal(t, transport.CloseTryAgainLater, code)
}

func TestAStalledReaderIsCutOffWithoutHarmToOthers(t *testing.T) {
	t.Parallel()
	for name, pad := range map[string]int{"by a flood": 50_000, "by a trickle": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, func(o *transport.Options) {
				o.Timing.Write, o.Timing.Ping, o.Timing.Pong = 500*time.Millisecond, 500*time.Millisecond, 400*time.Millisecond
			})
			stalled, other := s.connect().init(), s.connect().init()
			stalled.subscribe("1", fmt.Sprintf(`subscription { ticks(pad: %d, every: 5) { n } }`, pad))
			other.subscribe("1", `subscription { ticks(every: 5) { n } }`)

			for s.shop.running.Load() != 1 { // the stalled one's resolver ends
				other.expect("1", "next")
			}
			for range 20 {
				other.expect("1", "next")
			}
		})
	}
}

// What a client doesn't take is not asked for, so that whoever produces it can drop what has become old.
func TestABusyClientIsSentOneMessageAtATime(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Write, o.Timing.Ping = time.Minute, time.Minute })
	c := s.connect().init()
	rest := c.stall()
	pulled := s.shop.pulled.Load()

	c.subscribe("1", `subscription { ticks(count: 100) { n } }`)
	require.Eventually(t, func() bool { return s.shop.pulled.Load() > pulled }, atLast, time.Millisecond)
	time.Sleep(200 * time.Millisecond)

	require.Equal(t, pulled+1, s.shop.pulled.Load())
	_, err := io.Copy(io.Discard, rest)
	require.NoError(t, err)
	for n := 1; n <= 100; n++ {
		require.Contains(t, c.expect("1", "next"), fmt.Sprintf(`"n":%d,`, n))
	}
	c.expect("1", "complete")
}

// A message that never ends must not keep the server from closing.
func TestAClientThatDoesNotCloseIsCutOff(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Write = 200 * time.Millisecond })
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n")
	require.NoError(t, err)
	text, binary, masked, mask := byte(0x81), byte(0x82), byte(0x80), []byte{0, 0, 0, 0}
	garbage := slices.Concat([]byte{text, masked | 7}, mask, []byte("garbage"))
	endless := slices.Concat([]byte{binary, masked | 127, 0, 0, 0, 1, 0, 0, 0, 0}, mask)

	_, err = conn.Write(slices.Concat(garbage, endless))
	require.NoError(t, err)

	require.NoError(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
	_, err = io.Copy(io.Discard, conn)
	require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the connection ends")
	require.Eventually(t, func() bool { return s.metric("pizzeria_connections_open", "socket") == 0 }, atLast, 10*time.Millisecond)
}

func TestAnOperationsIDIsShort(t *testing.T) {
	t.Parallel()
	s := start(t)
	c := s.connect().init()

	c.subscribe(strings.Repeat("x", 129), `{ hello }`)
	code, _ := c.closed()

	require.Equal(t, transport.CloseBadRequest, code)
}

func TestAnIdleSocketStaysOpen(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Ping, o.Timing.Pong = 10*time.Millisecond, 5*time.Second })
	c := s.connect().init()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()

	_, _, err := c.conn.Read(ctx) // answers the pings meanwhile

	require.Error(t, err)
	require.ErrorIs(t, ctx.Err(), context.DeadlineExceeded, "the server has closed it: %v", err)
}

func TestShutdownAsksEverySocketToComeBack(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Write = atLast }) // the last of them is asked late, here
	var clients []*client
	for range 20 {
		c := s.connect().init()
		c.subscribe("1", `subscription { ticks(every: 60000) { n } }`)
		c.expect("1", "next")
		clients = append(clients, c)
	}

	stopped := make(chan error, 1)
	go func() { stopped <- s.Shutdown(t.Context()) }()

	for _, c := range clients {
		code, messages := c.closed()
		require.Equal(t, transport.CloseServiceRestart, code)
		require.Empty(t, messages, "no false complete")
	}
	require.NoError(t, <-stopped)
	code, _ := s.connect().closed()
	require.Equal(t, transport.CloseServiceRestart, code)
}

func TestShutdownCutsWhoDoesNotAnswer(t *testing.T) {
	t.Parallel()
	s := start(t)
	c := s.connect().init()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()

	require.ErrorIs(t, s.Shutdown(ctx), context.DeadlineExceeded)

	code, _ := c.closed()
	require.Contains(t, []int{-1, transport.CloseServiceRestart}, code)
}

// client is one socket, read by the test itself.
type client struct {
	t      *testing.T
	server *server
	conn   *websocket.Conn
}

type message struct {
	ID      string
	Type    string
	Payload json.RawMessage
}

func (s *server) connect() *client {
	s.t.Helper()
	return s.connectWith(&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
}

func (s *server) connectWith(o *websocket.DialOptions) *client {
	s.t.Helper()
	conn, _, err := websocket.Dial(s.t.Context(), s.url, o)
	require.NoError(s.t, err)
	conn.SetReadLimit(1 << 20)
	s.t.Cleanup(func() { _ = conn.CloseNow() })
	return &client{t: s.t, server: s, conn: conn}
}

func (c *client) init(payload ...string) *client {
	c.t.Helper()
	init := `{"type":"connection_init"}`
	if len(payload) > 0 && payload[0] != "" {
		init = `{"type":"connection_init","payload":` + payload[0] + `}`
	}
	c.send(init)
	c.expect("", "connection_ack")
	return c
}

// send ignores that the server may have closed the connection already.
func (c *client) send(text string) {
	c.t.Helper()
	kind := websocket.MessageText
	if text == "\x00" {
		kind = websocket.MessageBinary
	}
	_ = c.conn.Write(c.t.Context(), kind, []byte(text))
}

func (c *client) subscribe(id, query string) {
	c.t.Helper()
	require.NoError(c.t, wsjson.Write(c.t.Context(), c.conn, map[string]any{
		"id": id, "type": "subscribe", "payload": map[string]any{"query": query},
	}))
}

func (c *client) receive() (m message) {
	c.t.Helper()
	require.NoError(c.t, c.read(&m))
	return m
}

func (c *client) read(m *message) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), atLast)
	defer cancel()
	return wsjson.Read(ctx, c.conn, m)
}

func (c *client) expect(id, kind string) (payload string) {
	c.t.Helper()
	m := c.receive()
	require.Equal(c.t, kind, m.Type, string(m.Payload))
	require.Equal(c.t, id, m.ID)
	return string(m.Payload)
}

// stall begins to read a message that is more than any buffer on the way can hold, and returns the rest of it.
func (c *client) stall() (rest io.Reader) {
	c.t.Helper()
	c.conn.SetReadLimit(64 << 20)
	c.subscribe("big", `subscription { ticks(pad: 20000000, every: 60000) { n } }`)
	_, rest, err := c.conn.Reader(c.t.Context())
	require.NoError(c.t, err)
	return rest
}

// closed reads to the end.
func (c *client) closed() (code int, messages []message) {
	c.t.Helper()
	for {
		var m message
		if err := c.read(&m); err != nil {
			require.NotErrorIs(c.t, err, context.DeadlineExceeded, "still open")
			return int(websocket.CloseStatus(err)), messages
		}
		messages = append(messages, m)
	}
}
