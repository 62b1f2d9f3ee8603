package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/pprof"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"pizzeria/internal/platform/postgres"
)

// adminRoutes are for the operators of the server, on an address of their own: whether it lives, whether it may be sent
// requests, its metrics and its profiles.
func adminRoutes(ready *readiness, registry *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// alive tells that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// readiness tells whether a balancer may send requests: the database answers, its schema is as new as the program, the
// live feed follows it, and the server isn't stopping.
type readiness struct {
	pool      *pgxpool.Pool
	schema    int64        // the newest migration that the program knows
	feedError func() error // why the live feed is behind, or nil
	stopping  atomic.Bool
}

// readinessTimeout limits all checks of one request together.
const readinessTimeout = 2 * time.Second

// ServeHTTP answers a line for each part, with 503 if any is not ready.
func (r *readiness) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), readinessTimeout)
	defer cancel()
	status, text := http.StatusOK, ""
	for _, part := range []struct {
		name  string
		check func(ctx context.Context) error
	}{
		{"server", r.serving},
		{"database", r.pool.Ping},
		{"schema", r.migrated},
		{"feed", func(context.Context) error { return r.feedError() }},
	} {
		word := "ok"
		if part.check(ctx) != nil {
			status, word = http.StatusServiceUnavailable, "not ready"
		}
		text += fmt.Sprintf("%s: %s\n", part.name, word)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

func (r *readiness) serving(context.Context) error {
	if r.stopping.Load() {
		return errors.New("the server is stopping")
	}
	return nil
}

func (r *readiness) migrated(ctx context.Context) error {
	version, err := postgres.SchemaVersion(ctx, r.pool)
	if err == nil && version < r.schema {
		err = fmt.Errorf("the schema is at %d and not at %d", version, r.schema)
	}
	return err
}
