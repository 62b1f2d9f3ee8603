// Command plaingqlgen is the server with its answers written by gqlgen's generated code, without projection: the same
// schema, resolvers, limits and queries. What is around them it leaves out, the middleware and the webhook, so that nothing
// but what is compared is in its way.
package main

import (
	"context"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/bench/reference"
	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/transport"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := serve(ctx, os.Getenv("DATABASE_URL"))
	stop()
	if err != nil {
		log.Fatalf("plaingqlgen: %s", err)
	}
}

func serve(ctx context.Context, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: postgres.ConnsFor(runtime.GOMAXPROCS(0))})
	if err != nil {
		return err
	}
	defer pool.Close()
	api, err := newAPI(ctx, app.Dependencies{
		Pool: pool, RefreshPool: pool, Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		return err
	}
	return reference.Serve(ctx, "GraphQL without projection", api)
}

func newAPI(ctx context.Context, needs app.Dependencies) (*transport.Server, error) {
	var err error
	if needs.GORM, err = postgres.OpenGORM(needs.Pool); err != nil {
		return nil, err
	}
	a, err := app.New(ctx, needs)
	if err != nil {
		return nil, err
	}
	return transport.New(graph.NewSchema(a, needs.Log, nil), transport.Options{
		Authenticator: auth.NewConnections(a.Sessions), Token: authhttp.Token, Log: needs.Log,
	})
}
