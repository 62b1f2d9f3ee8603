package server

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"gorm.io/gorm"

	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/buildinfo"
	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/platform/requestid"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/server/shopfront"
)

// Start opens everything and begins to listen; Serve builds the read models that the release lacks, and answers. The
// database's tables must be up to date.
func Start(ctx context.Context, config Config, release Release, dsn string, log *slog.Logger) (_ *Server, err error) {
	log = slog.New(requestid.Logged(log.Handler()))
	s := &Server{log: log}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	traces := tracing.Start(ctx, config.Traces, log)
	s.closers = append(s.closers, func() { traces.Shutdown(context.WithoutCancel(ctx)) })
	log = traces.Logger(log)
	log.InfoContext(ctx, "starting", "version", release.Version, "build", buildinfo.Read().String())

	pool, db, err := s.connect(ctx, dsn, postgres.Options{MaxConns: config.DatabaseMaxConns, Log: log, Tracer: traces.SQL()})
	if err != nil {
		return nil, err
	}
	if err := requireRoom(ctx, pool, config); err != nil {
		return nil, err
	}
	refreshPool, err := maintenancePool(ctx, dsn, log)
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, refreshPool.Close)
	models, err := readmodel.Open(ctx, refreshPool, release.Files, release.Version, log)
	if err != nil {
		return nil, err
	}
	models.Readers = readers(refreshPool)
	s.opening = newOpening(models, log)
	// However many refreshes are under way, the heart beats.
	fleetPool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 1, Log: log})
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, fleetPool.Close)
	s.member, err = fleet.Join(ctx, fleetPool, fleet.Server{ID: fleet.NewID(), Version: release.Version, Definitions: models.Hashes()}, log)
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() { s.member.Leave(ctx) })

	if s.payments, err = openPayments(ctx, config, pool, log); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, func() { s.payments.close(log) })

	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(buildMetric(buildinfo.Read(), release.Version))
	limits, claims := config.Limits.attempts(), config.Limits.screenClaims()
	if config.RateLimit == 0 {
		limits, claims = customer.AttemptLimits{}, customer.AttemptLimits{}
	}
	s.app, err = app.New(ctx, app.Dependencies{
		Pool: pool, RefreshPool: refreshPool, GORM: db, Gateway: s.payments, Registry: registry, Log: log,
		Trace: traces.Messages(), Now: now, AbandonAfter: config.AbandonAfter, SignInLimits: limits, ScreenClaims: claims,
		Sweeps: []postgres.Sweep{simulator.Sweep()},
	})
	if err != nil {
		return nil, err
	}
	if s.graphql, err = newGraphQL(config, s.app, s.opening.isOpen, registry, traces, log); err != nil {
		return nil, err
	}
	schema, err := postgres.NewSchema(release.Files, release.Version)
	if err != nil {
		return nil, err
	}
	s.ready = &readiness{pool: pool, schema: schema, models: models, feedError: s.app.FeedError}
	shop := shopfront.Settings{Demo: config.Demo, Playground: bool(config.Playground), SimulatedCards: !config.RealKey(), CardKey: config.StripeCardKey}
	pictures, err := newImages(config, s.app, s.opening.isOpen, log)
	if err != nil {
		return nil, err
	}
	public, err := routes(config, s.graphql, pictures, s.payments.webhook(s.app, s.opening.isOpen, log), shop, traces, log)
	if err != nil {
		return nil, err
	}
	if s.public, err = s.listen(ctx, prefix+"ADDR", config.Addr, public); err != nil {
		return nil, err
	}
	s.payments.report(s.public.Addr())
	if s.admin, err = s.listen(ctx, prefix+"ADMIN_ADDR", config.AdminAddr, adminRoutes(config.adminHosts(), s.ready, registry)); err != nil {
		return nil, err
	}
	return s, s.opening.tryNow(ctx)
}

// buildMetric is always 1: its labels tell which build is at work.
func buildMetric(build buildinfo.Info, version string) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "pizzeria_build_info", Help: "Which build of the program this is; the value is always 1.",
		ConstLabels: prometheus.Labels{"version": version, "revision": build.Revision, "go": build.Go},
	}, func() float64 { return 1 })
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
	s.closers = append(s.closers, closer(s.log, sqlDB))
	return pool, db, nil
}

// now is to the microsecond, as Postgres keeps times: what is answered and what is read back are the same.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
