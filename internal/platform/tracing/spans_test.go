package tracing_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/tracing/tracingtest"
)

func never(*http.Request) bool { return false }

func TestAFaultIsAnErrorAndARefusalIsNone(t *testing.T) {
	t.Parallel()
	collector := tracingtest.Start(t)
	traces, _ := start(t, collector.URL)

	for _, outcome := range []string{cqrs.OK, "NOT_FOUND", "UNAVAILABLE", cqrs.Fault} {
		work(traces, outcome)
	}
	traces.Shutdown(t.Context())

	failed := map[string]bool{}
	for _, s := range collector.Named("command work") {
		failed[s.Attributes["pizzeria.outcome"]] = s.Failed
	}
	require.Equal(t, map[string]bool{"ok": false, "NOT_FOUND": false, "UNAVAILABLE": true, "fault": true}, failed)
}

// Postgres quotes values in its errors.
func TestAStatementsErrorIsToldByItsCodeAlone(t *testing.T) {
	t.Parallel()
	collector := tracingtest.Start(t)
	traces, _ := start(t, collector.URL)
	pool, err := postgres.Connect(t.Context(), pgtest.New(t).DSN, postgres.Options{MaxConns: 1, Tracer: traces.SQL()})
	require.NoError(t, err)
	defer pool.Close()

	ctx, end := traces.Messages()(t.Context(), "command work")
	_, err = pool.Exec(ctx, "SELECT $1::text::uuid", "ada@example.com")
	require.ErrorContains(t, err, "ada@example.com")
	end(cqrs.Fault)
	_, err = pool.Exec(t.Context(), "SELECT 'in nobody''s name'")
	require.NoError(t, err)
	traces.Shutdown(t.Context())

	statement := collector.One("query SELECT")
	require.Equal(t, collector.One("command work"), collector.Above(statement))
	require.Equal(t, "SELECT $1::text::uuid", statement.Attributes["db.query.text"])
	require.Equal(t, "22P02", statement.Attributes["pgx.sql_state"])
	require.True(t, statement.Failed)
	require.NotContains(t, collector.Raw(), "ada@")
}

func TestAHandlerStillHasItsConnection(t *testing.T) {
	t.Parallel()
	collector := tracingtest.Start(t)
	traces, _ := start(t, collector.URL)
	traced := traces.HTTP(never, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := http.NewResponseController(w)
		errs := []error{conn.SetWriteDeadline(time.Now().Add(time.Minute)), conn.SetReadDeadline(time.Now().Add(10 * time.Millisecond))}
		_, late := io.ReadAll(r.Body)
		errs = append(errs, conn.Flush())
		socket, _, err := conn.Hijack()
		if errs = append(errs, err); err == nil {
			errs = append(errs, socket.Close())
		}
		assert.NoError(t, errors.Join(errs...))
		assert.ErrorContains(t, late, "timeout")
	}))
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		traced.ServeHTTP(w, r)
	}))
	defer server.Close()

	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\n") // and no body
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)

	require.NoError(t, err)
	require.Contains(t, string(answer), "200 OK", "it was flushed")
	<-ended
	traces.Shutdown(t.Context())
	require.Len(t, collector.All(), 1)
}

func TestWhatIsLoggedWithinASpanNamesIt(t *testing.T) {
	t.Parallel()
	collector := tracingtest.Start(t)
	traces, _ := start(t, collector.URL)
	logged := &journal{}
	log := traces.Logger(slog.New(slog.NewTextHandler(logged, nil))).With("order", "first")

	ctx, end := traces.Messages()(t.Context(), "command work")
	log.InfoContext(ctx, "within")
	end(cqrs.OK)
	callers := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{1}})
	log.InfoContext(trace.ContextWithRemoteSpanContext(t.Context(), callers), "within a caller's")
	log.InfoContext(context.Background(), "without")
	traces.Shutdown(t.Context())

	span := collector.One("command work")
	within, without, _ := strings.Cut(logged.String(), "\n")
	require.Contains(t, within, "order=first trace_id="+span.Trace+" span_id="+span.ID)
	require.NotContains(t, without, "trace_id")
}

func TestInvalidConfigurationIsRefused(t *testing.T) {
	t.Parallel()
	for c, variable := range map[tracing.Config]string{
		{Endpoint: "127.0.0.1:4318"}:                                                                 "OTEL_EXPORTER_OTLP_ENDPOINT",
		{Endpoint: "grpc://127.0.0.1:4317"}:                                                          "OTEL_EXPORTER_OTLP_ENDPOINT",
		{Endpoint: "http://[::1]:4318", TracesEndpoint: "[::1]"}:                                     "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
		{Endpoint: "http://127.0.0.1:4317", Protocol: "grpc"}:                                        "OTEL_EXPORTER_OTLP_PROTOCOL",
		{TracesEndpoint: "http://127.0.0.1:4317", TracesProtocol: "grpc", Protocol: "http/protobuf"}: "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
	} {
		require.ErrorContains(t, c.Check(), variable+" ", "%+v", c)
	}
	for _, c := range []tracing.Config{
		{}, {Protocol: "grpc"}, // it is off
		{Endpoint: "https://collector.example"}, {Endpoint: "http://[::1]:4318/", Protocol: "http/protobuf"},
	} {
		require.NoError(t, c.Check(), "%+v", c)
	}
}
