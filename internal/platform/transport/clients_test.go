package transport_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/nodetest"
	"pizzeria/internal/platform/transport"
)

func TestOtherPeoplesClients(t *testing.T) {
	t.Parallel()
	js := nodetest.In("testdata/clients")
	const ticks = `subscription { ticks(count: 2) { n } }`
	ticked := []string{`{"data":{"ticks":{"cursor":"c1","n":1,"pad":""}}}`, `{"data":{"ticks":{"cursor":"c2","n":2,"pad":""}}}`, "complete"}

	t.Run("all 61 audits of graphql-http pass", func(t *testing.T) {
		t.Parallel()
		results := js.Run(t, "audit.mjs", start(t).url)
		require.Len(t, results, 61)
		for _, result := range results {
			require.True(t, strings.HasPrefix(result, "ok "), result)
		}
	})
	t.Run("graphql-ws", func(t *testing.T) {
		t.Parallel()
		url := strings.Replace(start(t).url, "http", "ws", 1)
		require.Equal(t, ticked, js.Run(t, "socket.mjs", url, ticks, "anna"))
		require.Equal(t, []string{"error FORBIDDEN"}, js.Run(t, "socket.mjs", url, `subscription { refused { n } }`))
		require.Equal(t, []string{"error FORBIDDEN_TRANSPORT"}, js.Run(t, "socket.mjs", url, `mutation { touch }`))
		require.Equal(t, []string{"error 4403"}, js.Run(t, "socket.mjs", url, ticks, "nobody"))
		require.Equal(t, []string{"error 1013"}, js.Run(t, "socket.mjs", url, `subscription { closes(code: 1013) { n } }`))
	})
	t.Run("graphql-ws, refused", func(t *testing.T) {
		t.Parallel()
		s := start(t, func(o *transport.Options) {
			o.Timing.Init = time.Second
			o.Connections.PerSocket, o.Connections.SocketsPerUser = 2, 1
		})
		require.Equal(t, []string{
			"unknown message: 4400",
			"subscribe before init: 4401",
			"stranger's token: 4403",
			"no subprotocol: 4406",
			"no init: 4408",
			"duplicate id: 4409",
			"second init: 4429",
			"message too large: 1009",
			"third subscription: TOO_MANY_SUBSCRIPTIONS",
			"mutation: FORBIDDEN_TRANSPORT",
			"foreign origin: 403",
			"second socket: 4429",
			"second socket by cookie: 429",
		}, js.Run(t, "refusals.mjs", strings.Replace(s.url, "http", "ws", 1)))
	})
	t.Run("graphql-ws, cut off in the middle", func(t *testing.T) {
		t.Parallel()
		const endless = `subscription { ticks(every: 60000) { n } }`
		for outcome, end := range map[string]func(*server){
			"error 4403": func(s *server) { s.sessions.revoked.Store(true) },
			"error 1012": func(s *server) { _ = s.Shutdown(t.Context()) },
		} {
			s := start(t, func(o *transport.Options) { o.Timing.SessionCheck = 20 * time.Millisecond })
			go func() {
				for s.shop.pulled.Load() == 0 {
					time.Sleep(10 * time.Millisecond)
				}
				end(s)
			}()
			require.Equal(t, []string{ticked[0], outcome}, js.Run(t, "socket.mjs", strings.Replace(s.url, "http", "ws", 1), endless, "anna"))
		}
	})
	t.Run("graphql-sse", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, ticked, js.Run(t, "stream.mjs", start(t).url, ticks))
	})
	t.Run("graphql-sse resumes by Last-Event-ID", func(t *testing.T) {
		t.Parallel()
		lines := js.Run(t, "stream.mjs", start(t).url, `subscription { ticks(count: 6, cut: 2) { n } }`)

		var came []string
		for _, line := range lines {
			n, _, _ := strings.Cut(strings.TrimPrefix(line, `{"data":{"ticks":{"cursor":"`), `"`)
			came = append(came, n)
		}
		require.Equal(t, []string{"c1", "c2", "again", "c3", "c4", "again", "c5", "c6", "complete"}, came)
	})
}
