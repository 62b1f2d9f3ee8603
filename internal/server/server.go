package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"gorm.io/gorm"

	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/postgres"
	"pizzeria/internal/transport"
)

// Server is one running pizzeria: the app, its way to database and gateway, and the address it listens on.
type Server struct {
	log      *slog.Logger
	listener net.Listener
	http     *http.Server
	graphql  *transport.Server
	app      *app.App
	payments *payments
	closers  []func() // in the order of opening
}

// Start opens everything and begins to listen; requests are answered once Serve runs. The database's schema must be up
// to date.
func Start(ctx context.Context, config Config, dsn string, log *slog.Logger) (_ *Server, err error) {
	s := &Server{log: log}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	pool, db, err := s.connect(ctx, dsn, postgres.Options{MaxConns: config.DatabaseMaxConns, Log: log})
	if err != nil {
		return nil, err
	}
	patient, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 2, Patient: true, Log: log})
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, patient.Close)

	if s.payments, err = openPayments(ctx, config, pool, log); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() { s.payments.close(log) })

	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	limits := customer.StandardAttemptLimits()
	if config.RateLimit == 0 {
		limits = customer.AttemptLimits{}
	}
	s.app, err = app.New(ctx, app.Needs{
		Pool: pool, Patient: patient, GORM: db, Gateway: s.payments, Pricing: config.pricing(), Registry: registry, Log: log,
		Now: now, AbandonAfter: config.AbandonAfter, SignInLimits: limits,
	})
	if err != nil {
		return nil, err
	}
	if s.graphql, err = newGraphQL(config, s.app, registry, log); err != nil {
		return nil, err
	}
	s.http = &http.Server{
		Handler:           routes(config, s.app, s.graphql, registry, pool, log),
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute, // no WriteTimeout: it would end event streams
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	if s.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", config.Addr); err != nil {
		return nil, fmt.Errorf("listen on ADDR: %w", err)
	}
	return s, nil
}

func (s *Server) connect(ctx context.Context, dsn string, o postgres.Options) (*pgxpool.Pool, *gorm.DB, error) {
	pool, err := postgres.Connect(ctx, dsn, o)
	if err != nil {
		return nil, nil, err
	}
	s.closers = append(s.closers, pool.Close)
	db, err := postgres.OpenGORM(pool)
	if err != nil {
		return nil, nil, err
	}
	sqlDB, err := db.DB()
	if err != nil {
		return nil, nil, fmt.Errorf("open GORM: %w", err)
	}
	s.closers = append(s.closers, closing(s.log, sqlDB))
	return pool, db, nil
}

// now is to the microsecond, as Postgres keeps times: what is answered and what is read back are the same.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// URL is where the server listens.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// GatewayURL is where the simulated payment gateway listens; "" if another is configured.
func (s *Server) GatewayURL() string {
	if s.payments.simulator == nil {
		return ""
	}
	return s.payments.simulator.URL()
}

// grace is how long requests under way may take to end.
const grace = 10 * time.Second

// Serve answers until ctx ends. Then sockets are told to come back, requests under way are answered, background work
// stops, and everything is closed in the reverse order of its opening.
func (s *Server) Serve(ctx context.Context) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.app.Run(background)
	}()
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(s.listener) }()

	var err error
	select {
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		err = s.drain(context.WithoutCancel(ctx))
	}
	stop()
	<-stopped
	s.close()
	return err
}

func (s *Server) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	streams := make(chan error, 1)
	go func() { streams <- s.graphql.Shutdown(ctx) }()
	err := s.http.Shutdown(ctx)
	if err := errors.Join(err, <-streams); err != nil {
		err = errors.Join(err, s.http.Close()) // whoever is still there has had its time
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

func (s *Server) close() {
	for i := len(s.closers) - 1; i >= 0; i-- {
		s.closers[i]()
	}
	s.closers = nil
}

func closing(log *slog.Logger, c io.Closer) func() {
	return func() {
		if err := c.Close(); err != nil {
			log.Warn("close", "error", err)
		}
	}
}
