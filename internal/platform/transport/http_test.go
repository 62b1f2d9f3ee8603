package transport_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/middleware"
	"pizzeria/internal/platform/transport"
	"pizzeria/internal/platform/transport/guard"
)

func TestAQueryIsAnsweredByPostAndByGet(t *testing.T) {
	t.Parallel()
	s := start(t)

	posted := s.post(`query($t: String) { echo(text: $t) items(first: 2) { id } }`, map[string]any{"t": "hi"})
	got := s.do(http.MethodGet, "/graphql?query="+url.QueryEscape(`{ hello }`), "", "Accept", graphqlResponse)

	require.Equal(t, 200, posted.status)
	require.JSONEq(t, `{"data":{"echo":"hi","items":[{"id":"0"},{"id":"1"}]}}`, posted.text)
	require.Equal(t, "application/graphql-response+json; charset=utf-8", posted.header.Get("Content-Type"))
	require.JSONEq(t, `{"data":{"hello":"hello"}}`, got.text)
}

func TestBadRequestsAreRefusedWithoutAnEcho(t *testing.T) {
	t.Parallel()
	s := start(t)
	const marker = "zzMARKERzz"
	json := []string{"Content-Type", "application/json", "Accept", graphqlResponse}
	for name, c := range map[string]struct {
		method, path, body string
		header             []string
		status             int
		code               string
	}{
		"text":             {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"form":             {"POST", "", `query=` + marker, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"multipart":        {"POST", "", marker, []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"no type":          {"POST", "", `{"query":"{hello}"}`, nil, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"other charset":    {"POST", "", `{}`, []string{"Content-Type", "application/json; charset=utf-16"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"compressed":       {"POST", "", `{}`, append([]string{"Content-Encoding", "gzip"}, json...), 415, "UNSUPPORTED_MEDIA_TYPE"},
		"too large":        {"POST", "", `{"query":"` + strings.Repeat(marker, 40_000) + `"}`, json, 413, "PAYLOAD_TOO_LARGE"},
		"batch":            {"POST", "", ` [{"query":"{hello}"}]`, json, 400, "BATCH_NOT_ALLOWED"},
		"malformed":        {"POST", "", `{"query": ` + marker, json, 400, "BAD_REQUEST"},
		"trailing bytes":   {"POST", "", `{"query":"{hello}"} ` + marker, json, 400, "BAD_REQUEST"},
		"two values":       {"POST", "", `{"query":"{hello}"}{}`, json, 400, "BAD_REQUEST"},
		"null":             {"POST", "", `null`, json, 400, "BAD_REQUEST"},
		"no query":         {"POST", "", `{"operationName":"` + marker + `"}`, json, 400, "BAD_REQUEST"},
		"wrong variables":  {"POST", "", `{"query":"{hello}","variables":["` + marker + `"]}`, json, 400, "BAD_REQUEST"},
		"unknown name":     {"POST", "", `{"query":"{hello}","operationName":"` + marker + `"}`, json, 400, "GRAPHQL_VALIDATION_FAILED"},
		"syntax":           {"POST", "", `{"query":"{ \"` + marker + `\" }"}`, json, 400, "GRAPHQL_PARSE_FAILED"},
		"value":            {"POST", "", `{"query":"{ items(first: \"` + marker + `\") { id } }"}`, json, 400, "GRAPHQL_VALIDATION_FAILED"},
		"variable":         {"POST", "", `{"query":"query($n: Int){ echo(n: $n) }","variables":{"n":"` + marker + `"}}`, json, 400, "BAD_USER_INPUT"},
		"not acceptable":   {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", "application/json", "Accept", "text/html"}, 406, "NOT_ACCEPTABLE"},
		"method":           {"DELETE", "", "", nil, 405, "METHOD_NOT_ALLOWED"},
		"query string":     {"GET", "?query=%zz" + marker, "", nil, 400, "BAD_REQUEST"},
		"GET variables":    {"GET", "?query={hello}&variables=" + marker, "", nil, 400, "BAD_REQUEST"},
		"GET mutation":     {"GET", "?query=mutation{touch}", "", nil, 405, "METHOD_NOT_ALLOWED"},
		"GET subscription": {"GET", "?query=subscription{ticks{n}}", "", []string{"Accept", graphqlResponse}, 400, "FORBIDDEN_TRANSPORT"},
		"subscription":     {"POST", "", `{"query":"subscription{ticks{n}}"}`, json, 400, "FORBIDDEN_TRANSPORT"},
		"other site":       {"POST", "", `{"query":"mutation{touch}"}`, append([]string{"Sec-Fetch-Site", "cross-site"}, json...), 403, "FORBIDDEN"},
		"other origin":     {"POST", "", `{"query":"mutation{touch}"}`, append([]string{"Origin", "https://evil.example"}, json...), 403, "FORBIDDEN"},
	} {
		t.Run(name, func(t *testing.T) {
			a := s.do(c.method, "/graphql"+c.path, c.body, c.header...)

			require.Equal(t, c.status, a.status, a.text)
			require.Equal(t, []string{c.code}, a.codes())
			require.NotContains(t, a.text, marker)
			require.NotContains(t, a.text, `"data"`)
			require.Less(t, len(a.text), 8000)
			if c.status == 405 {
				require.Contains(t, a.header.Get("Allow"), "POST")
			}
		})
	}
	require.Zero(t, s.shop.touched.Load())
}

func TestADocumentErrorIs200ForApplicationJSON(t *testing.T) {
	t.Parallel()
	s := start(t)

	legacy := s.postAccepting("application/json", `{ nothing }`)
	modern := s.post(`{ nothing }`)

	require.Equal(t, 200, legacy.status)
	require.Equal(t, 400, modern.status)
	require.Equal(t, legacy.text, modern.text)
}

// Clients that try a document's hash first know this message, or the code, and send the document from then on.
func TestPersistedQueriesAreNotSupported(t *testing.T) {
	t.Parallel()
	s := start(t)
	const hash = `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"}}`
	json := []string{"Content-Type", "application/json", "Accept", graphqlResponse}

	for _, a := range []answer{
		s.do(http.MethodPost, "/", `{`+hash+`}`, json...), s.do(http.MethodPost, "/", `{"query":"","operationName":"A",`+hash+`}`, json...),
		s.do(http.MethodGet, "/?extensions="+url.QueryEscape(strings.TrimPrefix(hash, `"extensions":`)), "", "Accept", graphqlResponse),
	} {
		require.Equal(t, 400, a.status)
		require.Equal(t, []string{"PERSISTED_QUERY_NOT_SUPPORTED"}, a.codes())
		require.Equal(t, "PersistedQueryNotSupported", a.Errors[0].Message)
	}
	require.Equal(t, 200, s.do(http.MethodPost, "/", `{`+hash+`}`, "Content-Type", "application/json").status, "as Apollo's own server")
	require.Equal(t, 200, s.do(http.MethodPost, "/", `{"query":"{ hello }",`+hash+`}`, json...).status, "the second try")
	c := s.connect().init()
	c.send(`{"type":"subscribe","id":"1","payload":{` + hash + `}}`)
	require.Contains(t, c.expect("1", "error"), "PersistedQueryNotSupported")
	c.subscribe("2", `{ hello }`)
	c.expect("2", "next")
}

func TestAFaultIsHidden(t *testing.T) {
	t.Parallel()
	s := start(t)

	failed := s.post(`{ fails }`)
	panicked := s.post(`{ panics }`)

	require.Equal(t, []string{"INTERNAL_SERVER_ERROR"}, failed.codes())
	require.NotContains(t, failed.text, "password")
	require.Equal(t, 500, panicked.status)
	require.Equal(t, []string{"INTERNAL_SERVER_ERROR"}, panicked.codes())
	require.NotContains(t, panicked.text, "boom")
}

func TestAClientOverItsRateWaits(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Rate = guard.Rate{PerSecond: 0.01, Burst: 2} })

	first, second, third := s.post(`{hello}`), s.post(`{hello}`), s.post(`{hello}`)
	invalid := s.post(`{nothing}`)

	require.Equal(t, []int{200, 200, 429}, []int{first.status, second.status, third.status})
	require.Equal(t, []string{"RATE_LIMITED"}, third.codes())
	require.NotEmpty(t, third.header.Get("Retry-After"))
	require.Equal(t, 429, invalid.status, "what is refused counts too")
}

// The cost of operations counts, and all that is refused.
func TestTheRateCountsCost(t *testing.T) {
	t.Parallel()
	const burst = 40
	list := `{ items(first: 100) { id items(first: 60) { id } } }` // 6,200 in all
	unknown := func(n int) string { return fmt.Sprintf(`{ nothing%d }`, n) }
	for what, c := range map[string]struct {
		most int
		send func(s *server, n int) answer
	}{
		"small operations":      {burst, func(s *server, _ int) answer { return s.post(`{hello}`) }},
		"large operations":      {2, func(s *server, _ int) answer { return s.post(list) }},
		"refused by validation": {burst, func(s *server, n int) answer { return s.post(unknown(n)) }},
		"long and refused":      {8, func(s *server, n int) answer { return s.post(`{ hello } #` + unknown(n) + strings.Repeat(" ", 2_500)) }},
		"refused for a variable": {burst, func(s *server, _ int) answer {
			return s.post(`query($n: Int!) { items(first: $n) { id } }`, map[string]any{"n": "x"})
		}},
		"no document": {burst, func(s *server, _ int) answer {
			return s.do(http.MethodPost, "/", `{}`, "Content-Type", "application/json")
		}},
		"no JSON": {burst, func(s *server, _ int) answer {
			return s.do(http.MethodPost, "/", `{`, "Content-Type", "application/json")
		}},
	} {
		s := start(t, func(o *transport.Options) { o.Rate = guard.Rate{PerSecond: 0.001, Burst: burst} })
		passed := 0
		for c.send(s, passed).status != http.StatusTooManyRequests {
			passed++
			require.LessOrEqual(t, passed, c.most+1, what) // something comes back all the time
		}
		require.GreaterOrEqual(t, passed, c.most*3/4, what)
	}
}

// A visitor who has used up what an address may have parsed doesn't keep accounts of the same address from what is known.
func TestNeighboursOfAnAddressOverItsRateGoOn(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Rate = guard.Rate{PerSecond: 0.001, Burst: 10} })
	asAnna := func(query string) answer {
		return s.do(http.MethodPost, "/", `{"query":"`+query+`"}`, "Content-Type", "application/json", "Accept", graphqlResponse, "Cookie", "session=anna")
	}
	require.Equal(t, 200, asAnna(`{ whoami }`).status)
	for s.post(`{ nothing }`).status != http.StatusTooManyRequests {
	}

	require.Equal(t, 200, asAnna(`{ whoami }`).status)
	require.Equal(t, 429, asAnna(`{ hello }`).status, "has to be parsed first")
}

func TestWhoCantRunAnythingCostsNoLookAtTheSessions(t *testing.T) {
	t.Parallel()
	s := start(t)
	asAnna := func(method, path, body string) answer {
		return s.do(method, path, body, "Content-Type", "application/json", "Accept", graphqlResponse, "Cookie", "session=anna")
	}

	for _, refused := range []answer{
		asAnna(http.MethodPost, "/", strings.Repeat(" ", 257<<10)),
		asAnna(http.MethodPost, "/", `{"query":"{`+strings.Repeat(" hello", 1001)+`}"}`),
		asAnna(http.MethodPost, "/", `{"query":"{ items(first: 100) { items(first: 100) { items(first: 100) { id } } } }"}`),
		asAnna(http.MethodPost, "/", `{"query":"{ nothing }"}`),
		asAnna(http.MethodPost, "/", `{"query":"query ($n: Int!) { items(first: $n) { id } }","variables":{"n":"x"}}`),
		asAnna(http.MethodGet, "/?query=mutation{touch}", ""),
	} {
		require.GreaterOrEqual(t, refused.status, 400, refused.text)
	}

	require.Zero(t, s.sessions.asked.Load())
	require.Contains(t, asAnna(http.MethodPost, "/", `{"query":"{ whoami }"}`).text, "anna")
	require.Equal(t, int64(1), s.sessions.asked.Load())
}

func TestWhoCantBeToldIsNoVisitor(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sessions.down.Store(true)
	hello := func(header ...string) answer {
		return s.do(http.MethodPost, "/", `{"query":"{ hello }"}`, append(header, "Content-Type", "application/json")...)
	}

	visitor, member := hello(), hello("Cookie", "session=anna")
	_, upgrade, err := websocket.Dial(t.Context(), s.url, &websocket.DialOptions{HTTPHeader: http.Header{"Cookie": {"session=anna"}}})

	require.Equal(t, 200, visitor.status)
	require.Equal(t, 503, member.status)
	require.Equal(t, []string{"UNAVAILABLE"}, member.codes())
	require.Equal(t, "1", member.header.Get("Retry-After"))
	require.Error(t, err)
	require.Equal(t, 503, upgrade.StatusCode)
}

func TestASlowBodyIsCutOff(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(middleware.SlowBody(50*time.Millisecond, start(t).Server))
	t.Cleanup(server.Close)
	for request, status := range map[string]int{
		"POST / HTTP/1.1\r\nContent-Type: application/json":                         408,
		"POST / HTTP/1.1\r\nContent-Type: text/plain":                               415,
		"POST / HTTP/1.1\r\nSec-Fetch-Site: cross-site":                             403,
		"PUT / HTTP/1.1\r\nContent-Type: application/json":                          405,
		"POST / HTTP/1.1\r\nAccept: image/png":                                      406,
		"GET /?query={hello} HTTP/1.1\r\nAccept: application/graphql-response+json": 200,
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(t, err)
		defer conn.Close()

		_, err = fmt.Fprintf(conn, "%s\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", request)
		require.NoError(t, err)
		answers := bufio.NewReader(conn)
		resp, err := http.ReadResponse(answers, nil)

		require.NoError(t, err)
		_, err = io.Copy(io.Discard, resp.Body)
		require.NoError(t, err)
		require.Equal(t, status, resp.StatusCode)
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
		_, err = answers.ReadByte()
		require.ErrorIs(t, err, io.EOF, "nobody waits for the rest")
	}
}
