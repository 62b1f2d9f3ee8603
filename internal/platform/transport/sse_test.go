package transport_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

const events = "text/event-stream"

func TestEventsCarryTheirCursorAndComplete(t *testing.T) {
	t.Parallel()
	s := start(t)

	a := s.postAccepting(events, `subscription { ticks(count: 2) { n } }`)

	require.Equal(t, 200, a.status)
	require.Equal(t, "text/event-stream; charset=utf-8", a.header.Get("Content-Type"))
	require.Equal(t, ":\n\n"+
		"event: next\nid: c1\ndata: "+`{"data":{"ticks":{"cursor":"c1","n":1,"pad":""}}}`+"\n\n"+
		"event: next\nid: c2\ndata: "+`{"data":{"ticks":{"cursor":"c2","n":2,"pad":""}}}`+"\n\n"+
		"event: complete\ndata:\n\n", a.text)
}

func TestAStreamResumesAfterTheLastEvent(t *testing.T) {
	t.Parallel()
	s := start(t)

	a := s.do(http.MethodGet, "/graphql?query="+url.QueryEscape(`subscription { ticks(count: 3) { n } }`), "",
		"Accept", events, "Last-Event-ID", "c2")

	require.NotContains(t, a.text, "id: c2")
	require.Contains(t, a.text, "id: c3")
}

func TestAQueryCanBeStreamed(t *testing.T) {
	t.Parallel()

	a := start(t).postAccepting(events, `{ hello }`)

	require.Equal(t, ":\n\nevent: next\ndata: {\"data\":{\"hello\":\"hello\"}}\n\nevent: complete\ndata:\n\n", a.text)
}

func TestStreamsThatAreNotOpened(t *testing.T) {
	t.Parallel()
	s := start(t)

	mutation := s.postAccepting(events, `mutation { touch }`)
	got := s.do(http.MethodGet, "/graphql?query=mutation{touch}", "", "Accept", events)
	invalid := s.postAccepting(events, `subscription { nothing }`)
	preferring := s.postAccepting("application/graphql-response+json, application/json, text/event-stream", `mutation { touch }`)

	require.Equal(t, 400, mutation.status)
	require.Equal(t, []string{"FORBIDDEN_TRANSPORT"}, mutation.codes())
	require.Equal(t, 405, got.status)
	require.Equal(t, 400, invalid.status)
	require.Equal(t, "application/graphql-response+json; charset=utf-8", invalid.header.Get("Content-Type"))
	require.Equal(t, 200, preferring.status)
	require.EqualValues(t, 1, s.shop.touched.Load())
}

func TestAStreamEndsWithItsError(t *testing.T) {
	t.Parallel()
	s := start(t)
	for query, want := range map[string]string{
		`subscription { refused { n } }`: `"code":"FORBIDDEN"`,
		`subscription { ends { n } }`:    `"code":"UNAVAILABLE"`,
		`subscription { panics { n } }`:  `"code":"INTERNAL_SERVER_ERROR"`,
	} {
		a := s.postAccepting(events, query)

		require.Contains(t, a.text, want)
		require.True(t, strings.HasSuffix(a.text, "event: complete\ndata:\n\n"), a.text)
	}
}

func TestAStreamThatFellBehindIsCutSoThatItResumes(t *testing.T) {
	t.Parallel()

	a := start(t).postAccepting(events, `subscription { closes(code: 1013) { n } }`)

	require.NotContains(t, a.text, "complete")
}

func TestKeepAliveComments(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.KeepAlive = 10 * time.Millisecond })
	lines := s.stream(`subscription { ticks(every: 60000) { n } }`)

	seen := 0
	for seen < 5 {
		line, ok := <-lines
		require.True(t, ok)
		if line == ":" {
			seen++
		}
	}
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.SessionCheck = 20 * time.Millisecond })
	lines := s.stream(`subscription { ticks(every: 60000) { n } }`, "Cookie", "session=anna")
	visitor := s.stream(`subscription { ticks(every: 10) { n } }`)
	<-lines

	s.sessions.revoked.Store(true)

	rest := strings.Join(drain(lines), "\n")
	require.Contains(t, rest, `"code":"FORBIDDEN"`)
	require.Contains(t, rest, "event: complete")
	_, open := <-visitor
	require.True(t, open)
}

func TestShutdownCutsStreamsWithoutComplete(t *testing.T) {
	t.Parallel()
	s := start(t)
	lines := s.stream(`subscription { ticks(every: 60000) { n } }`)
	<-lines

	require.NoError(t, s.Shutdown(t.Context()))

	require.NotContains(t, strings.Join(drain(lines), "\n"), "complete")
	refused := s.postAccepting(events, `subscription { ticks(count: 1) { n } }`)
	require.Equal(t, 503, refused.status)
	require.NotEmpty(t, refused.header.Get("Retry-After"))
	require.Equal(t, 200, s.post(`{ hello }`).status)
}

func TestEventStreamsPerUserAreLimited(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Connections.EventStreamsPerUser = 1 })
	const endless = `subscription { ticks(every: 60000) { n } }`
	<-s.stream(endless, "Cookie", "session=anna")

	body := `{"query":"subscription { ticks(count: 1) { n } }"}`
	second := s.do(http.MethodPost, "/", body, "Content-Type", "application/json", "Accept", events, "Cookie", "session=anna")
	other := s.do(http.MethodPost, "/", body, "Content-Type", "application/json", "Accept", events, "Cookie", "session=ben")

	require.Equal(t, 429, second.status)
	require.Equal(t, 200, other.status)
}

func TestAStalledStreamIsCutOff(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Write = 200 * time.Millisecond })
	resp := s.open(`subscription { ticks(pad: 100000) { n } }`)
	defer resp.Body.Close()

	require.Eventually(t, func() bool { return s.shop.running.Load() == 0 }, atLast, 10*time.Millisecond)
}

// What a client doesn't take is not asked for: see TestABusyClientIsSentOneMessageAtATime.
func TestABusyStreamIsSentOneEventAtATime(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Timing.Write = time.Minute })

	resp := s.open(`subscription { ticks(pad: 20000000) { n } }`) // more than any buffer on the way can hold
	defer resp.Body.Close()
	require.Eventually(t, func() bool { return s.shop.pulled.Load() == 1 }, atLast, time.Millisecond)
	time.Sleep(200 * time.Millisecond)

	require.EqualValues(t, 1, s.shop.pulled.Load())
}

func TestADisconnectEndsTheResolver(t *testing.T) {
	t.Parallel()
	s := start(t)
	resp := s.open(`subscription { ticks(every: 60000) { n } }`)
	require.Eventually(t, func() bool { return s.shop.running.Load() == 1 }, atLast, time.Millisecond)

	require.NoError(t, resp.Body.Close())

	require.Eventually(t, func() bool { return s.shop.running.Load() == 0 }, atLast, time.Millisecond)
}

// open starts a stream and leaves its reading to the test.
func (s *server) open(query string, header ...string) *http.Response {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/graphql?query="+url.QueryEscape(query), nil)
	require.NoError(s.t, err)
	req.Header.Set("Accept", events)
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	require.Equal(s.t, 200, resp.StatusCode)
	return resp
}

// stream reads a stream's lines until it ends or the test does.
func (s *server) stream(query string, header ...string) <-chan string {
	s.t.Helper()
	resp := s.open(query, header...)
	lines, over := make(chan string), make(chan struct{})
	go func() {
		defer close(over)
		defer close(lines)
		defer resp.Body.Close()
		for scanner := bufio.NewScanner(resp.Body); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			case <-s.t.Context().Done():
				return
			}
		}
	}()
	s.t.Cleanup(func() { <-over })
	return lines
}

func drain(lines <-chan string) (rest []string) {
	for line := range lines {
		rest = append(rest, line)
	}
	return rest
}
