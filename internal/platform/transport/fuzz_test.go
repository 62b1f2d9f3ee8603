package transport_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

// marked is in everything that a fuzz target sends; no refusal repeats it.
const marked = "zzmarkedzz"

// FuzzBody posts arbitrary bodies. Each gets an answer in JSON, soon.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ hello }"}`, `{"query":"query($n: Int){ echo(n: $n) }","variables":{"n":1e99}}`, `[]`, `null`, ``, `[{"query":"{ hello }"}]`,
		`{"query":"{ ...f } fragment f on Query { ...f }"}`, `{"query":"{ items(first: 100) { id } }","operationName":null}`,
		`{"query":"{ items(first: 1000000) { id } }"}`, `{"query":"query($n: Int!) { items(first: $n) { id } }","variables":{"n":-1}}`,
		`{"query":"mutation { a: signIn b: signIn }"}`, `{"query":"{ __schema { types { name } } }"}`, `{"query":"{ hello }"} {}`, `{"query":"{ hello }","query":1}`,
		`{"query":"{ fails }"}`, `{"query":"subscription { ticks { n } }"}`, `{"query":"{ hello @x @x @x }","extensions":[]}`, "\xef\xbb\xbf{}", "{\"query\":\"\x01\"}",
		`{"variables":` + strings.Repeat(`{"a":`, 1000) + strings.Repeat(`}`, 1000) + `}`, `{"query":"{ echo(text: \"\ud800\") }"}`, "{\"query\":\"{ echo(text: \\\"\xff\\\") }\"}",
		`{"query":"query A { hello } query B { hello }","operationName":"C"}`, `{"query":"query($v: [Int]) { hello }","variables":{"v":[[[]]]}}`,
	} {
		f.Add(body)
	}
	server := newServer(f)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		requireAnswer(t, server, r)
	})
}

// FuzzURL sends GET requests with arbitrary queries.
func FuzzURL(f *testing.F) {
	for _, query := range []string{
		"query={hello}", "", "query", "query=%zz", "query={hello}&variables={}", "query={hello}&variables=[]", "query={hello}&variables=" + marked, "query={hello};a=b",
		"query=mutation{touch}", "query={hello}&extensions={%22a%22:1}{}", "query=query%20A{hello}&operationName=B", "query={hello}&query={fails}", "%00=%00",
	} {
		f.Add(query)
	}
	server := newServer(f)
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
		r.URL.RawQuery = query
		requireAnswer(t, server, r)
	})
}

func newServer(f *testing.F) *transport.Server {
	f.Helper()
	server, err := transport.New(newShop(), transport.Options{Present: present})
	require.NoError(f, err)
	return server
}

// requireAnswer has the request answered, soon: with data, or with errors that all have a code and, if nothing was run,
// are few and small.
func requireAnswer(t *testing.T, server http.Handler, r *http.Request) {
	t.Helper()
	r.Header.Set("Accept", graphqlResponse)
	w := httptest.NewRecorder()
	began := time.Now()

	server.ServeHTTP(w, r)

	require.Less(t, time.Since(began), 10*time.Second)
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Extensions struct{ Code string } }
	}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer), w.Body)
	for _, e := range answer.Errors {
		require.NotEmpty(t, e.Extensions.Code, w.Body)
	}
	if answer.Data == nil {
		require.NotEmpty(t, answer.Errors, w.Body)
		require.LessOrEqual(t, len(answer.Errors), 10)
		require.Less(t, w.Body.Len(), 8<<10, w.Body)
		require.True(t, w.Code >= 400 && w.Code < 500, "%d: %s", w.Code, w.Body)
		require.NotContains(t, w.Body.String(), marked)
	}
}

// FuzzMessages sends arbitrary messages to a new socket, one for each line: each is answered or the socket is closed, and
// the server goes on.
func FuzzMessages(f *testing.F) {
	const init, hello = `{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}`
	const endless = `{"id":"1","type":"subscribe","payload":{"query":"subscription { ticks(every: 60000) { n } }"}}`
	for _, messages := range [][]string{
		{init, hello},
		{hello},
		{init, init},
		{init, endless, endless},
		{init, endless, `{"id":"1","type":"complete"}`, hello},
		{""},
		{"null"},
		{"[]"},
		{"{}"},
		{`{"type":"connection_init","payload":{"authorization":"Bearer anna"}}`, hello},
		{`{"type":"connection_init","payload":{"authorization":["Bearer"]}}`},
		{`{"type":"connection_init","payload":[]}`},
		{`{"type":"connection_init","payload":null}`, `{"type":"ping","payload":[1,{"a":null}]}`, `{"type":"pong"}`},
		{init, `{"id":"","type":"complete"}`, `{"type":null}`},
		{`"subscribe"`},
		{init, `{"id":1,"type":"subscribe"}`},
		{init, `{"id":"1","type":"subscribe","payload":[]}`},
		{init, `{"id":"1","type":"subscribe","payload":{"query":"mutation { touch }"}}`, hello},
		{init, `{"id":"1","type":"next","payload":{}}`},
		{"\xff\xfe"},
		{init, `{"id":"\u0000","type":"subscribe","payload":{"query":"{ hello }","variables":1}}`},
		{init, hello, hello, hello},
		{"{\"type\":\"ping\"}{\"type\":\"ping\"}"},
	} {
		f.Add(strings.Join(messages, "\n"))
	}
	shop := newShop()
	api, err := transport.New(shop, transport.Options{Authenticator: &sessions{}, Present: present})
	require.NoError(f, err)
	listener := httptest.NewServer(api)
	f.Cleanup(listener.Close)
	f.Fuzz(func(t *testing.T, messages string) {
		s := &server{t: t, shop: shop, url: listener.URL}
		c := s.connect()
		for message := range strings.Lines(messages) {
			c.send(strings.TrimSuffix(message, "\n"))
		}
		c.send("\x00") // binary, which ends it in any case

		code, answers := c.closed()

		require.Contains(t, []int{1007, 4400, 4401, 4403, 4409, 4429}, code)
		for _, a := range answers {
			require.Contains(t, []string{"connection_ack", "pong", "next", "error", "complete"}, a.Type)
		}
		require.Equal(t, 200, s.post(`{ hello }`).status)
		require.Zero(t, s.shop.touched.Load())
	})
}
