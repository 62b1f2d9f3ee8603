package server

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/middleware"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/transport"
	"pizzeria/internal/server/images"
	"pizzeria/internal/server/shopfront"
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

// newImages takes and serves pictures of dishes.
func newImages(config Config, a *app.App, open func() bool, log *slog.Logger) (http.Handler, error) {
	trusted := http.NewCrossOriginProtection()
	for _, origin := range config.TrustedOrigins {
		if err := trusted.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trust an origin: %w", err)
		}
	}
	return &images.Handler{
		Upload: a.UploadImage, File: a.ImageFile, Authenticate: auth.NewConnections(a.Sessions).Authenticate, Trusted: trusted, Open: open, Log: log,
	}, nil
}

// bodyTime is how long a client may take to send a request's body.
const bodyTime = 10 * time.Second

// routes are what the public address serves; hook is nil if nobody may tell of payments.
func routes(config Config, api, pictures, hook http.Handler, shop shopfront.Settings, traces *tracing.Provider, log *slog.Logger) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("/graphql", middleware.CORS(config.TrustedOrigins, traces.HTTP(transport.OpensConnection, authhttp.Cookies(now, api))))
	pictures = middleware.CORS(config.TrustedOrigins, traces.HTTP(transport.OpensConnection, pictures))
	mux.Handle(menuview.ImagePath, pictures)
	mux.Handle(menuview.ImagePath+"/", pictures)
	if hook == nil {
		mux.Handle(WebhookPath, http.NotFoundHandler()) // not the shop's page
	} else {
		mux.Handle(WebhookPath, traces.HTTP(transport.OpensConnection, hook))
	}
	front, err := shopfront.New(web.Build(), web.Catalogues(), api, shop, log)
	if err != nil {
		return nil, err
	}
	var pages []string
	if config.Playground {
		pages = []string{"playground"}
	}
	built := web.Handler(web.Build(), pages...)
	mux.Handle("/", front)
	kitchen := web.Kitchen(web.Build())
	mux.Handle("/kitchen", kitchen)
	mux.Handle("/kitchen/", kitchen)
	mux.Handle("/playground", built)
	mux.Handle("/playground/", built)
	mux.Handle("/assets/", built)
	for _, name := range web.RootFiles(web.Build()) {
		mux.Handle("/"+name, built)
	}
	handler := middleware.Secure(middleware.SlowBody(bodyTime, mux))
	if config.AccessLog {
		handler = middleware.AccessLog(log, handler)
	}
	if config.Local {
		handler = middleware.KnownHosts([]string{hostOf(config.Addr)}, handler)
	}
	return middleware.Identify(config.TrustedProxies, rand.Text, handler), nil
}
