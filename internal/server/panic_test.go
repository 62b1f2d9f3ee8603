package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/requestid"
	"pizzeria/internal/server/shopfront"
)

// The API over an app that was never put together: every resolver panics.
func TestResolverPanic(t *testing.T) {
	t.Parallel()
	log := &lines{}
	logger := slog.New(requestid.Logged(slog.NewJSONHandler(log, nil)))
	api, err := newGraphQL(Config{}, &app.App{}, nil, prometheus.NewRegistry(), nil, logger)
	require.NoError(t, err)
	handler, err := routes(Config{}, api, http.NotFoundHandler(), nil, shopfront.Settings{}, nil, logger)
	require.NoError(t, err)
	public := httptest.NewServer(handler)
	t.Cleanup(public.Close)

	for _, document := range []string{
		`{ menu { id } }`, `{ menu { id } popularPizzas { name } }`,
		`mutation { signIn(input: {email: \"anna@example.com\", password: \"secretary\"}) { token } }`,
	} {
		resp, err := http.Post(public.URL+"/graphql", "application/json", strings.NewReader(`{"query": "`+document+`"}`))
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())

		var answer struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code, RequestID string }
			}
		}
		require.NoError(t, json.Unmarshal(body, &answer), string(body))
		require.NotEmpty(t, answer.Errors, string(body))
		for _, e := range answer.Errors {
			require.Equal(t, "INTERNAL_SERVER_ERROR", e.Extensions.Code, string(body))
			require.Equal(t, resp.Header.Get("X-Request-Id"), e.Extensions.RequestID)
			require.Contains(t, log.String(), `"resolver panicked"`)
			require.Contains(t, log.String(), `"request_id":"`+e.Extensions.RequestID+`"`)
		}
		for _, inside := range []string{"nil pointer", "panic", ".go", "goroutine", "secretary", "anna"} {
			require.NotContains(t, string(body), inside)
		}
	}
	require.NotContains(t, log.String(), "secretary")
	require.NotContains(t, log.String(), "anna")
}

type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
