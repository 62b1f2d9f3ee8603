package server

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/middleware"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/transport"
	"pizzeria/web"
)

// newGraphQL puts the schema behind its transports and limits.
func newGraphQL(config Config, a *app.App, open func() bool, registry *prometheus.Registry, traces *tracing.Provider, log *slog.Logger) (*transport.Server, error) {
	projected := graph.Projection()
	return transport.New(graph.NewSchema(a, log, projected), transport.Options{
		Limits:         config.Limits.documents(bool(config.Playground)),
		Rate:           config.RateLimit.rate(),
		Connections:    config.Limits.connections(),
		MaxBody:        int64(config.Limits.BodyBytes),
		Authenticator:  auth.NewConnections(a.Sessions),
		Token:          authhttp.Token,
		TrustedOrigins: config.TrustedOrigins,
		Present:        graph.Presenter(log, bool(config.Playground)),
		Recover:        graph.Recoverer(log),
		Extensions:     append(traces.Operations(), projected),
		Open:           open,
		Log:            log,
		Metrics:        registry,
	})
}

// bodyTime is how long a client may take to send a request's body.
const bodyTime = 10 * time.Second

// routes are what the public address serves; hook is nil if nobody may tell of payments.
func routes(config Config, api, hook http.Handler, traces *tracing.Provider, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", middleware.CORS(config.TrustedOrigins, traces.HTTP(transport.OpensConnection, authhttp.Cookies(now, api))))
	if hook != nil {
		mux.Handle(WebhookPath, traces.HTTP(transport.OpensConnection, hook))
	}
	if config.Playground {
		playground := web.Playground()
		mux.Handle("/playground", playground)
		mux.Handle("/playground/", playground)
		mux.Handle("/assets/", playground)
		mux.Handle("GET /{$}", http.RedirectHandler("/playground", http.StatusFound))
	}
	handler := middleware.Secure(middleware.SlowBody(bodyTime, mux))
	if config.AccessLog {
		handler = middleware.AccessLog(log, handler)
	}
	if config.Local {
		handler = middleware.KnownHosts([]string{hostOf(config.Addr)}, handler)
	}
	return middleware.Identify(config.TrustedProxies, rand.Text, handler)
}
