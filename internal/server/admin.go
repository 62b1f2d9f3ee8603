package server

import (
	"cmp"
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

	"pizzeria/internal/platform/middleware"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/platform/restore"
)

// adminRoutes are for the operators of the server, on an address of their own: whether it lives, whether it may be sent
// requests, its metrics and its profiles. Pages in their browsers are none of them, hence the hosts: names by which the address
// may be asked.
func adminRoutes(hosts []string, ready *readiness, registry *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return middleware.KnownHosts(hosts, mux)
}

// alive tells that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// readiness tells whether a balancer may send requests: the database can be written to, its schema suits the program, the
// read models are there, the live feed follows it, and the server isn't stopping.
type readiness struct {
	pool      *pgxpool.Pool
	schema    *postgres.Schema
	models    *readmodel.Builder
	feedError func() error // why the live feed is behind, or nil
	stopping  atomic.Bool
}

// readinessTimeout limits all checks of one request together.
const readinessTimeout = 2 * time.Second

// part is something that must be ready. What its check finds is told as it is if it is a *reason, and in general otherwise.
type part struct {
	name  string
	check func(ctx context.Context) error
}

// reason is why something isn't ready, in words for an operator.
type reason struct{ text string }

func (r *reason) Error() string { return r.text }

// ServeHTTP answers a line for each part, with 503 if any is not ready.
func (r *readiness) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), readinessTimeout)
	defer cancel()
	status, text := http.StatusOK, ""
	for _, part := range append([]part{
		{"server", r.serving},
		{"database", r.writable},
		{"schema", r.migrated},
		{"shop", r.isShop},
		{"feed", func(context.Context) error { return r.feedError() }},
	}, r.modelParts(ctx)...) {
		word := "ok"
		if err := part.check(ctx); err != nil {
			status, word = http.StatusServiceUnavailable, "not ready"
			var why *reason
			if errors.As(err, &why) {
				word += ": " + why.text
			}
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

// modelParts is one for each read model that is still missing, or one for all of them.
func (r *readiness) modelParts(ctx context.Context) []part {
	left, err := r.models.Building(ctx)
	if err != nil || len(left) == 0 {
		return []part{{"models", func(ctx context.Context) error { return cmp.Or(err, r.readable(ctx)) }}}
	}
	var parts []part
	for _, m := range left {
		parts = append(parts, part{"model " + m.Model, func(context.Context) error { return &reason{m.String()} }})
	}
	return parts
}

// isShop fails if the data is not right here, or the database is only a copy of the shop.
func (r *readiness) isShop(ctx context.Context) error {
	state, err := restore.Look(ctx, r.pool)
	switch {
	case err != nil:
		return err
	case state.Moved:
		return &reason{"this data was written in another database, and is being put right; a server that ran before it was restored must be started again"}
	case state.Copied:
		return &reason{copied}
	}
	return nil
}

func (r *readiness) readable(ctx context.Context) error {
	unreadable, err := r.models.Unreadable(ctx)
	if err == nil && len(unreadable) > 0 {
		err = &reason{cantRead(unreadable)}
	}
	return err
}

func (r *readiness) writable(ctx context.Context) error {
	yes, err := postgres.Writable(ctx, r.pool)
	if err == nil && !yes {
		err = &reason{"it can only be read"}
	}
	return err
}

func (r *readiness) migrated(ctx context.Context) error {
	err := r.schema.Check(ctx, r.pool)
	var why *postgres.SchemaError
	if errors.As(err, &why) {
		return &reason{why.Error()}
	}
	return err
}
