// Command plaingqlgen is the server with its answers written by gqlgen's generated code, without projection: the same
// schema, resolvers, limits and queries. What is around them it leaves out, the middleware and the webhook, so that nothing
// but what is compared is in its way.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/graph"
	"pizzeria/internal/app"
	"pizzeria/internal/auth"
	"pizzeria/internal/auth/authhttp"
	"pizzeria/internal/postgres"
	"pizzeria/internal/transport"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := serve(ctx, os.Getenv("DATABASE_URL"), postgres.ConnsFor(runtime.GOMAXPROCS(0)))
	stop()
	if err != nil {
		log.Fatalf("plaingqlgen: %s", err)
	}
}

func serve(ctx context.Context, dsn string, conns int32) error {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: conns})
	if err != nil {
		return err
	}
	defer pool.Close()
	api, err := newAPI(ctx, app.Needs{
		Pool: pool, Patient: pool, Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Printf("GraphQL without projection: http://%s\n", listener.Addr())
	server := &http.Server{Handler: api} //nolint:gosec // for the load on this machine alone
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

func newAPI(ctx context.Context, needs app.Needs) (*transport.Server, error) {
	var err error
	if needs.GORM, err = postgres.OpenGORM(needs.Pool); err != nil {
		return nil, err
	}
	a, err := app.New(ctx, needs)
	if err != nil {
		return nil, err
	}
	return transport.New(graph.NewSchema(a, needs.Log), transport.Options{
		Authenticator: auth.NewStreams(a.Sessions), Token: authhttp.Token, Log: needs.Log,
	})
}
