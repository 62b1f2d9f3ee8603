package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport"
	"pizzeria/internal/platform/transport/guard"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// atLast is when a test gives up to wait for what happens at once on a machine that isn't busy.
const atLast = time.Minute

// server is the transport on a real listener.
type server struct {
	t *testing.T
	*transport.Server
	shop     *shop
	sessions *sessions
	registry *prometheus.Registry
	url      string
}

// start serves the shop until the test ends, and then sees that no resolver is left running.
func start(t *testing.T, change ...func(*transport.Options)) *server {
	t.Helper()
	s := &server{t: t, shop: newShop(), sessions: &sessions{}, registry: prometheus.NewRegistry()}
	options := transport.Options{
		Limits:        guard.Limits{Introspection: true, Once: []string{"signIn", "pay"}},
		Authenticator: s.sessions, Token: cookie, Present: present, Metrics: s.registry,
		Timing: transport.Timing{Ping: time.Minute}, // clients that don't read answer no ping
	}
	for _, f := range change {
		f(&options)
	}
	var err error
	s.Server, err = transport.New(s.shop, options)
	require.NoError(t, err)
	listener := httptest.NewServer(s.Server)
	s.url = listener.URL
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), atLast)
		defer cancel()
		require.NoError(t, s.Shutdown(ctx))
		listener.CloseClientConnections()
		listener.Close()
		require.Eventually(t, func() bool { return s.shop.running.Load() == 0 }, atLast, 5*time.Millisecond)
	})
	return s
}

// metric returns what is counted under the only label.
func (s *server) metric(name, label string) int {
	s.t.Helper()
	families, err := s.registry.Gather()
	require.NoError(s.t, err)
	for _, family := range families {
		for _, m := range family.GetMetric() {
			if family.GetName() == name && m.GetLabel()[0].GetValue() == label {
				return int(m.GetGauge().GetValue() + m.GetCounter().GetValue())
			}
		}
	}
	return 0
}

// sessions knows two users and two devices by token; a session ends when revoked is set.
type sessions struct {
	revoked, down atomic.Bool
	asked         atomic.Int64
	looks, looked atomic.Int64 // at streams that are open; how many these were
}

func (s *sessions) Authenticate(ctx context.Context, token string) (context.Context, error) {
	s.asked.Add(1)
	switch {
	case s.down.Load():
		return nil, errors.New("database is down")
	case token != "anna" && token != "ben" && token != "oven" && token != "counter":
		return nil, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return context.WithValue(ctx, userKey{}, token), nil
}

func (s *sessions) Ended(_ context.Context, streams []context.Context) ([]bool, error) {
	s.looks.Add(1)
	s.looked.Add(int64(len(streams)))
	if s.down.Load() {
		return nil, errors.New("database is down")
	}
	return slices.Repeat([]bool{s.revoked.Load()}, len(streams)), nil
}

func (s *sessions) CanEnd(ctx context.Context) bool { return s.User(ctx) != "" }

func (s *sessions) User(ctx context.Context) string {
	user, _ := ctx.Value(userKey{}).(string)
	return user
}

func (s *sessions) IsDevice(ctx context.Context) bool {
	return s.User(ctx) == "oven" || s.User(ctx) == "counter"
}

func cookie(r *http.Request) string {
	found, err := r.Cookie("session")
	if err != nil {
		return ""
	}
	return found.Value
}

type answer struct {
	status int
	header http.Header
	text   string
	Data   map[string]any
	Errors []problem
}

type problem struct {
	Message    string
	Extensions map[string]any
}

func (a answer) codes() (codes []string) {
	for _, e := range a.Errors {
		code, _ := e.Extensions["code"].(string)
		codes = append(codes, code)
	}
	return codes
}

func (s *server) do(method, path, body string, header ...string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(s.t, err)
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	a := answer{status: resp.StatusCode, header: resp.Header, text: string(text)}
	if strings.Contains(resp.Header.Get("Content-Type"), "json") {
		require.NoError(s.t, json.Unmarshal(text, &a))
	}
	return a
}

const graphqlResponse = "application/graphql-response+json"

// post sends a document as a client of the draft does.
func (s *server) post(query string, variables ...any) answer {
	s.t.Helper()
	return s.postAccepting(graphqlResponse, query, variables...)
}

func (s *server) postAccepting(accept, query string, variables ...any) answer {
	s.t.Helper()
	request := map[string]any{"query": query}
	if len(variables) > 0 {
		request["variables"] = variables[0]
	}
	body, err := json.Marshal(request)
	require.NoError(s.t, err)
	return s.do(http.MethodPost, "/graphql", string(body), "Content-Type", "application/json", "Accept", accept)
}
