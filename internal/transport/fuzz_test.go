package transport_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/transport"
)

// FuzzBody throws bytes at the endpoint: each gets an answer in JSON with a status that isn't 500, soon.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ hello }"}`, `{"query":"query($n: Int){ echo(n: $n) }","variables":{"n":1e99}}`, `[]`, `null`,
		`{"query":"{ ...f } fragment f on Query { ...f }"}`, `{"query":"{ items(first: 100) { id } }","operationName":null}`,
	} {
		f.Add(body)
	}
	server, err := transport.New(newShop(), transport.Options{Present: present})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", graphqlResponse)
		w := httptest.NewRecorder()
		started := time.Now()

		server.ServeHTTP(w, r)

		require.Less(t, time.Since(started), 5*time.Second)
		if strings.Contains(body, "panics") {
			return
		}
		require.Less(t, w.Code, 500, w.Body)
		require.True(t, strings.HasPrefix(w.Body.String(), "{"), w.Body)
	})
}

// FuzzMessage throws text at an initialised socket: it is answered or the socket is closed, and the server lives on.
func FuzzMessage(f *testing.F) {
	for _, text := range []string{
		`{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}`, `{"type":"connection_init","payload":{}}`,
		`{"type":"ping","payload":[1,{"a":null}]}`, `{"id":"","type":"complete"}`, `{"type":null}`, `"subscribe"`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := start(t)
		c := s.connect().init()
		c.send(text)
		c.send(`{"type":"connection_init"}`)

		code, _ := c.closed()

		require.Contains(t, []int{4400, 4409, 4429}, int(code))
		require.Equal(t, 200, s.post(`{ hello }`).status)
	})
}
