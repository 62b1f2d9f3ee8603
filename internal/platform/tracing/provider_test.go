package tracing_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/tracing/tracingtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("pizzeria/internal/platform/privatepg.(*process).supervise")) // ends with us
}

// start returns a provider that sends to the endpoint, and what it logs. End it by Shutdown.
func start(t *testing.T, endpoint string) (*tracing.Provider, *journal) {
	t.Helper()
	logged := &journal{}
	traces := tracing.Start(t.Context(), tracing.Config{Endpoint: endpoint}, slog.New(slog.NewTextHandler(logged, nil)))
	require.NotNil(t, traces)
	return traces, logged
}

// journal can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// work does something within a span.
func work(traces *tracing.Provider, outcome string) {
	_, end := traces.Messages()(context.Background(), "command work")
	end(outcome)
}

// What the environment says is not asked behind the configuration's back.
func TestWithoutAnEndpointNothingIsInTheWay(t *testing.T) {
	collector := tracingtest.Start(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	log, handler := slog.New(slog.DiscardHandler), http.NotFoundHandler()

	traces := tracing.Start(t.Context(), tracing.Config{}, log)

	require.Nil(t, traces)
	require.Nil(t, traces.SQL())
	require.Nil(t, traces.Messages())
	require.Empty(t, traces.Operations())
	require.Same(t, log, traces.Logger(log))
	require.IsType(t, handler, traces.HTTP(nil, handler))
	traces.Shutdown(t.Context())
	require.Empty(t, collector.All())
}

func TestTheSDKReadsItsOwnVariables(t *testing.T) {
	t.Setenv("OTEL_SERVICE_NAME", "mario")
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=naples")
	tenant := make(chan string, 1)
	collector := tracingtest.Start(t)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tenant <- r.Header.Get("X-Tenant")
		collector.Config.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	traces, _ := start(t, front.URL+"/")

	work(traces, cqrs.OK)
	traces.Shutdown(t.Context())

	require.Equal(t, "mario", collector.One("command work").Service)
	require.Equal(t, "naples", <-tenant)
}

// A machine may set variables of OpenTelemetry for other programs.
func TestWhatTheEnvironmentSaysAndCannotBeFollowedIsLogged(t *testing.T) {
	for name, c := range map[string]struct {
		config      tracing.Config
		environment [2]string
	}{
		"another protocol": {tracing.Config{Endpoint: "http://127.0.0.1:4317", Protocol: "grpc"}, [2]string{}},
		"no URL":           {tracing.Config{Endpoint: "127.0.0.1:4317"}, [2]string{}},
		"attributes":       {tracing.Config{Endpoint: "http://127.0.0.1:1"}, [2]string{"OTEL_RESOURCE_ATTRIBUTES", "team"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.environment[0] != "" {
				t.Setenv(c.environment[0], c.environment[1])
			}
			logged := &journal{}

			traces := tracing.Start(t.Context(), c.config, slog.New(slog.NewTextHandler(logged, nil)))

			require.Nil(t, traces)
			require.Contains(t, logged.String(), `level=WARN msg="no traces are sent"`)
		})
	}
}

func TestTheEndpointOfTracesIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	paths := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { paths <- r.URL.Path }))
	defer collector.Close()
	traces := tracing.Start(t.Context(), tracing.Config{
		Endpoint: "http://127.0.0.1:1", TracesEndpoint: collector.URL + "/spans",
	}, slog.New(slog.DiscardHandler))

	work(traces, cqrs.OK)
	traces.Shutdown(t.Context())

	require.Equal(t, "/spans", <-paths)
}

func TestACollectorThatIsDownIsLoggedOnce(t *testing.T) {
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "20") // ms
	collector := tracingtest.Start(t)
	var up atomic.Bool
	var refused atomic.Int64
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if up.Load() {
			collector.Config.Handler.ServeHTTP(w, r)
			return
		}
		refused.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer front.Close()
	traces, logged := start(t, front.URL)
	defer traces.Shutdown(t.Context())

	warned := func() int { return strings.Count(logged.String(), "level=WARN") }
	require.Eventually(t, func() bool { work(traces, cqrs.OK); return warned() > 0 }, 10*time.Second, 20*time.Millisecond)
	before := refused.Load()
	require.Eventually(t, func() bool { work(traces, cqrs.OK); return refused.Load() > before+2 }, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, 1, warned(), logged)
	up.Store(true)

	require.Eventually(t, func() bool {
		work(traces, cqrs.OK)
		return len(collector.All()) > 0 && strings.Contains(logged.String(), "traces are sent again")
	}, 10*time.Second, 20*time.Millisecond)
}

// The queue holds 2,048 spans. Who makes more waits for nobody, and neither does a server that stops.
func TestNobodyWaitsForACollectorThatHangs(t *testing.T) {
	t.Parallel()
	cut := make(chan struct{}, 100)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
		cut <- struct{}{}
	}))
	defer collector.Close()
	traces, logged := start(t, collector.URL)
	began := time.Now()

	for range 10_000 {
		work(traces, cqrs.OK)
	}
	traces.Shutdown(t.Context())

	require.Less(t, time.Since(began), 10*time.Second, "the exporter alone would wait for half a minute")
	require.Contains(t, logged.String(), "the last traces are lost")
	select {
	case <-cut:
	case <-time.After(10 * time.Second):
		require.Fail(t, "it still sends")
	}
}

func TestACollectorThatIsNotThereIsNoHindrance(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	traces, logged := start(t, "http://"+listener.Addr().String())

	work(traces, cqrs.OK)
	traces.Shutdown(t.Context())

	require.Contains(t, logged.String(), "level=WARN")
}
