package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// fetch gets a page without a body, and returns its status, head and text.
func (p *person) fetch(method, url string, header http.Header) (int, http.Header, string) {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), method, url, nil)
	require.NoError(p, err)
	for name, values := range header {
		r.Header[name] = values
	}
	resp, err := p.http.Do(r)
	require.NoError(p, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(p, err)
	return resp.StatusCode, resp.Header, string(text)
}

func TestEveryAnswerHasTheHeadersThatBrowsersObey(t *testing.T) {
	s := open(t)
	visitor := s.visitor()
	for _, path := range []string{"/graphql?query={menu{id}}", "/graphql", "/playground", "/nowhere"} {
		_, head, _ := visitor.fetch(http.MethodGet, s.first.url+path, nil)

		require.Equal(t, "nosniff", head.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", head.Get("Referrer-Policy"), path)
		require.Contains(t, head.Get("Content-Security-Policy"), "default-src 'none'", path)
		require.Contains(t, head.Get("Content-Security-Policy"), "frame-ancestors 'none'", path)
		require.NotContains(t, head.Get("Content-Security-Policy"), "unsafe-eval", path)
		require.Len(t, head.Values("Content-Security-Policy"), 1, path)
		require.Empty(t, head.Get("Strict-Transport-Security"), path)
		require.Empty(t, head.Get("Access-Control-Allow-Origin"), path)
	}
	_, encrypted, _ := visitor.fetch(http.MethodGet, s.first.url+"/graphql", http.Header{"X-Forwarded-Proto": {"https"}})
	require.NotEmpty(t, encrypted.Get("Strict-Transport-Security"))
}

func TestPagesOfOtherOriginsReadAnswersOnlyIfTheyAreTrusted(t *testing.T) {
	const trusted, stranger = "https://shop.example", "https://evil.example"
	s := open(t, func(c *server.Config) { c.TrustedOrigins = []string{trusted} })
	visitor, api := s.visitor(), s.first.url+"/graphql"
	preflight := func(origin string) (int, http.Header) {
		status, head, _ := visitor.fetch(http.MethodOptions, api, http.Header{
			"Origin": {origin}, "Access-Control-Request-Method": {"POST"}, "Access-Control-Request-Headers": {"authorization,content-type"},
		})
		return status, head
	}

	status, allowed := preflight(trusted)
	require.Equal(t, http.StatusNoContent, status)
	require.Equal(t, trusted, allowed.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "true", allowed.Get("Access-Control-Allow-Credentials"))
	require.Contains(t, allowed.Get("Access-Control-Allow-Headers"), "authorization")
	for _, origin := range []string{stranger, "null", trusted + ".evil.example", "http://shop.example"} {
		_, refused := preflight(origin)
		require.Empty(t, refused.Get("Access-Control-Allow-Origin"), origin)
	}
	_, head, text := visitor.fetch(http.MethodGet, api+"?query={menu{id}}", http.Header{"Origin": {trusted}, "Sec-Fetch-Site": {"cross-site"}})
	require.Equal(t, trusted, head.Get("Access-Control-Allow-Origin"))
	require.Contains(t, head.Get("Access-Control-Expose-Headers"), "X-Request-Id")
	require.Contains(t, text, `"menu":[`)
}

func TestTheAdminAddressIsApart(t *testing.T) {
	s := open(t)
	visitor := s.visitor()
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/debug/pprof/"} {
		public, _, _ := visitor.fetch(http.MethodGet, s.first.url+path, nil)
		private, _, text := visitor.fetch(http.MethodGet, s.first.admin+path, nil)

		require.Equal(t, http.StatusNotFound, public, path)
		require.Equal(t, http.StatusOK, private, path)
		require.NotEmpty(t, text)
	}
	status, _, _ := visitor.fetch(http.MethodGet, s.first.admin+"/graphql", nil)
	require.Equal(t, http.StatusNotFound, status)
	_, _, metrics := visitor.fetch(http.MethodGet, s.first.admin+"/metrics", nil)
	for _, name := range []string{"pizzeria_message_seconds", "pizzeria_live_subscribers", "go_goroutines"} {
		require.Contains(t, metrics, name)
	}
}

func TestAServerWhoseSchemaIsBehindIsNotReady(t *testing.T) {
	s := open(t)
	_, err := s.db.Pool.Exec(t.Context(), `DELETE FROM public.goose_db_version AS g WHERE g.version_id = (SELECT max(v.version_id) FROM public.goose_db_version AS v)`)
	require.NoError(t, err)

	ready, _, text := s.visitor().fetch(http.MethodGet, s.first.admin+"/readyz", nil)
	alive, _, _ := s.visitor().fetch(http.MethodGet, s.first.admin+"/healthz", nil)

	require.Equal(t, http.StatusServiceUnavailable, ready)
	require.Regexp(t, `^server: ok\ndatabase: ok\nschema: not ready: it is at \d+, and this program needs \d+\nshop: ok\nfeed: ok\nmodels: ok\n$`, text)
	require.Equal(t, http.StatusOK, alive)
}

// recorder keeps what is logged.
type recorder struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *recorder) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(line)
}

func (r *recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// serveLogging starts a server over the shop's database that logs everything into the recorder.
func (s *shop) serveLogging(change func(*server.Config)) (*runningServer, *recorder) {
	s.Helper()
	log, config := &recorder{}, s.config
	config.AccessLog = true
	change(&config)
	return s.serveWith(config, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))), log
}

func TestTheAccessLogHasTheRequestAndNotThePerson(t *testing.T) {
	s := open(t)
	logging, log := s.serveLogging(func(*server.Config) {})
	customer := s.signUp("giulia").through(logging)

	order := customer.placed(s.margherita().with("specialInstructions", "ring at Rossi"))
	signIn := s.visitor().through(logging).do(`mutation { signIn(input: {email: "giulia@example.org", password: "open-says-me"}) { token } }`, nil)
	customer.fetch(http.MethodGet, logging.url+"/graphql?query={secretary}", nil)
	customer.fetch(http.MethodGet, logging.url+"/nowhere/rossi", nil)

	require.NotEmpty(t, order.ID)
	require.Equal(t, http.StatusOK, signIn.status)
	require.Eventually(t, func() bool { return bytes.Count([]byte(log.String()), []byte(`"msg":"request"`)) >= 4 }, soon, 10*time.Millisecond)
	for _, personal := range []string{
		"giulia", "example.org", "open-sesame", "open-says-me", "555 0100", "5550100", "ossi", customer.token, "secretary", "127.0.0.1:", `"127.0.0.1"`,
	} {
		require.NotContains(t, log.String(), personal)
	}
	var line struct {
		Msg, Method, Route string
		Status             int
		RequestID          string `json:"request_id"`
	}
	byRoute := map[string]int{}
	for text := range bytes.Lines([]byte(log.String())) {
		require.NoError(t, json.Unmarshal(text, &line))
		if line.Msg == "request" {
			byRoute[line.Route] = line.Status
			require.NotEmpty(t, line.RequestID)
		}
	}
	require.Equal(t, map[string]int{"/graphql": 200, "/": 404}, byRoute)
	require.Contains(t, log.String(), `"request_id":"`+signIn.header.Get("X-Request-Id")+`"`)
}

func TestOnlyATrustedProxyIsBelieved(t *testing.T) {
	s := open(t)
	behind, _ := s.serveLogging(func(c *server.Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		c.RateLimit = 1
	})
	said := http.Header{"X-Request-Id": {"proxy-0123456789"}, "X-Forwarded-For": {"203.0.113.9"}}

	_, believed, _ := s.visitor().fetch(http.MethodGet, behind.url+"/graphql", said)
	_, ignored, _ := s.visitor().fetch(http.MethodGet, s.first.url+"/graphql", said)

	require.Equal(t, "proxy-0123456789", believed.Get("X-Request-Id"))
	require.NotEqual(t, "proxy-0123456789", ignored.Get("X-Request-Id"))
	rated := func(from string) (limited bool) {
		for range 8 { // the burst is 3
			status, _, _ := s.visitor().fetch(http.MethodGet, behind.url+"/graphql?query={menu{id}}", http.Header{"X-Forwarded-For": {from}})
			limited = limited || status == http.StatusTooManyRequests
		}
		return limited
	}
	require.True(t, rated("203.0.113.10"))
	status, _, _ := s.visitor().fetch(http.MethodGet, behind.url+"/graphql?query={menu{id}}", http.Header{"X-Forwarded-For": {"203.0.113.11"}})
	require.Equal(t, http.StatusOK, status, "another client behind the same proxy")
}
