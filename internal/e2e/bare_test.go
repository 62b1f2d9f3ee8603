package e2e_test

import (
	"context"
	"net/http/httptest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/transport"
)

// serveBare starts a server over the shop's database that is put together by hand: the app and the transport with the
// options given, and no extensions.
func (s *shop) serveBare(registry *prometheus.Registry, options transport.Options) *runningServer {
	s.Helper()
	pool, err := postgres.Connect(s.Context(), s.db.DSN, postgres.Options{MaxConns: 8})
	require.NoError(s, err)
	s.Cleanup(pool.Close)
	db, err := postgres.OpenGORM(pool)
	require.NoError(s, err)
	conns, err := db.DB()
	require.NoError(s, err)
	s.Cleanup(func() { _ = conns.Close() })
	a, err := app.New(s.Context(), app.Dependencies{Pool: pool, RefreshPool: pool, GORM: db, Registry: registry, Log: s.log(), Now: time.Now})
	require.NoError(s, err)
	options.Authenticator, options.Token, options.Log = auth.NewConnections(a.Sessions), authhttp.Token, s.log()
	options.Present, options.Recover = graph.Presenter(s.log(), true), graph.Recoverer(s.log())
	api, err := transport.New(graph.NewSchema(a, s.log(), nil), options)
	require.NoError(s, err)
	listener := httptest.NewServer(api)
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		a.Run(ctx)
	}()
	s.Cleanup(func() {
		require.NoError(s, api.Shutdown(context.Background()))
		listener.Close()
		cancel()
		<-stopped
	})
	return &runningServer{url: listener.URL}
}
