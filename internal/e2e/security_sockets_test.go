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
)

// closing reads to the end. It returns the server's close code, and the messages before it.
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

// expectRefusal requires that an operation is refused with the code.
func (w *wire) expectRefusal(code string) {
	w.Helper()
	f := w.receive()
	require.Equal(w, "error", f.Type)
	require.Less(w, len(f.Payload), maxRefusalSize)
	require.NotContains(w, string(f.Payload), marker)
	var errs []struct{ Extensions struct{ Code string } }
	require.NoError(w, json.Unmarshal(f.Payload, &errs))
	require.NotEmpty(w, errs)
	require.Equal(w, code, errs[0].Extensions.Code)
}

func subscribing(id, document string) frame {
	payload, _ := json.Marshal(vars{"query": document, "extensions": vars{marker: marker}}) // maps of strings
	return frame{ID: id, Type: "subscribe", Payload: payload}
}

// watching lasts until it is ended.
const watching = `subscription { kitchenFeed { __typename } }`

func TestNoConnectionInit(t *testing.T) {
	s := openProduction(t)
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
	s := openProduction(t)
	cook := s.signIn("cook")
	init := frame{Type: "connection_init", Payload: cook.credentials()}
	watch := subscribing("1", watching)
	for what, c := range map[string]struct {
		code   int
		frames []frame
	}{
		"subscribe before init":      {4401, []frame{watch}},
		"second init":                {4429, []frame{init, init}},
		"a stranger's token":         {4403, []frame{{Type: "connection_init", Payload: json.RawMessage(`{"authorization": "Bearer ` + marker + `"}`)}}},
		"duplicate id":               {4409, []frame{init, watch, watch}},
		"unknown type":               {4400, []frame{init, {Type: marker}}},
		"answer of a server":         {4400, []frame{init, {Type: "next", ID: "1", Payload: json.RawMessage(`{}`)}}},
		"subscribe without id":       {4400, []frame{init, subscribing("", watching)}},
		"subscribe without payload":  {4400, []frame{init, {ID: "1", Type: "subscribe"}}},
		"subscribe without document": {4400, []frame{init, subscribing("1", "")}},
		"batch":                      {4400, []frame{init, {ID: "1", Type: "subscribe", Payload: json.RawMessage(`[{"query": "{ menu { id } }"}]`)}}},
		"init of another kind":       {4400, []frame{{Type: "connection_init", Payload: json.RawMessage(`"` + marker + `"`)}}},
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
	for what, text := range map[string]string{"garbage": marker, "array": "[]", "half": `{"type": "connection_init"`, "null": "null", "nothing": ""} {
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
	for _, offered := range [][]string{nil, {"graphql-ws"}, {marker}} {
		code, before := cook.dial(offered...).closing()
		require.Equal(t, 4406, code)
		require.Empty(t, before)
	}
}

func TestMutationOverTheSocket(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	rows := s.countWrittenRows()
	w := customer.initialise()

	for _, document := range []string{
		`mutation { signOut { userErrors { code } } }`, `mutation ` + marker + ` { ...f } fragment f on Mutation { signOut { userErrors { code } } }`,
		`mutation { placeOrder(input: {idempotencyKey: "k", fulfillment: PICKUP, paymentMethod: CASH, items: [{menuItemId: "` + s.menu["Margherita"] + `", size: SMALL, quantity: 1}]}) { order { id } } }`,
	} {
		w.send(subscribing("1", document)) // the id is free again after each
		w.expectRefusal("FORBIDDEN_TRANSPORT")
	}
	w.send(subscribing("1", `{ viewer { id } }`))
	require.JSONEq(t, `{"data": {"viewer": {"id": "`+customer.id+`"}}}`, string(w.receive().Payload))
	require.Equal(t, "complete", w.receive().Type)

	refused := expectedRefusal{status: 400, code: "FORBIDDEN_TRANSPORT"}
	refused.require(t, customer.attackRaw(http.MethodPost, "/graphql", signOut, http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}}))
	refused.require(t, customer.attack(watching, nil), "a subscription by POST")
	require.Equal(t, rows, s.countWrittenRows())
	require.NotEmpty(t, customer.asOf(), "still signed in")
}
