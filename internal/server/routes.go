package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/auth"
	"pizzeria/internal/auth/authhttp"
	"pizzeria/internal/transport"
	"pizzeria/internal/transport/guard"
	"pizzeria/web"
)

// newGraphQL puts the schema behind its transports and limits.
func newGraphQL(config Config, a *app.App, registry *prometheus.Registry, log *slog.Logger) (*transport.Server, error) {
	server, err := transport.New(graph.NewSchema(a, log), transport.Options{
		Limits: guard.Limits{
			// One of these an operation: aliases would multiply guesses and charges.
			Once:          []string{"placeOrder", "processPayment", "signIn", "signUp"},
			Introspection: bool(config.Playground),
		},
		Rate:           config.RateLimit.rate(),
		Authenticator:  auth.NewStreams(a.Sessions),
		TrustedOrigins: config.TrustedOrigins,
		Present:        graph.Presenter(log),
		Recover:        graph.Recoverer(log),
		Log:            log,
	})
	if err != nil {
		return nil, err
	}
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: "pizzeria", Name: "open_streams", Help: "Sockets and event streams that are open now.",
	}, func() float64 { return float64(server.OpenStreams()) }))
	return server, nil
}

func routes(config Config, a *app.App, api *transport.Server, registry *prometheus.Registry, pool *pgxpool.Pool, log *slog.Logger) http.Handler {
	signedIn := authhttp.Middleware{Sessions: a.Sessions, Now: now, Log: log}
	mux := http.NewServeMux()
	mux.Handle("/graphql", signedIn.Wrap(api))
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", ready(pool))
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	if config.Playground {
		playground := web.Playground()
		mux.Handle("/playground", playground)
		mux.Handle("/playground/", playground)
		mux.Handle("/assets/", playground)
		mux.Handle("GET /{$}", http.RedirectHandler("/playground", http.StatusFound))
	}
	return mux
}

// alive tells that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// ready tells that the database answers too: a balancer may send requests.
func ready(pool *pgxpool.Pool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := pool.Ping(ctx); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	}
}
