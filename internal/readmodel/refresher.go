package readmodel

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Thresholds say when a refresh pays. Its cost follows the size of the snapshot, so the size of the fresh level that
// calls for one does too: each change then bears the same share, however long the history.
type Thresholds struct {
	MinRows int           // fresh rows below which size calls for nothing
	Share   float64       // of the snapshot's rows
	MaxAge  time.Duration // since the last refresh, if there is anything fresh at all
}

// DefaultThresholds suit a shop from its first order to its ten millionth.
var DefaultThresholds = Thresholds{MinRows: 10_000, Share: 0.1, MaxAge: 10 * time.Minute}

// Refresher refreshes every model when its fresh level has grown too large or too old. Any number of servers may run one.
type Refresher struct {
	Pool    *pgxpool.Pool // Patient
	Limits  Thresholds
	Every   time.Duration // between looks
	Now     func() time.Time
	Metrics *Metrics
	Log     *slog.Logger
}

const (
	// patience is how long a short question to the database may take; its pool has no limits of its own.
	patience = 10 * time.Second
	// longest is how long a refresh may take before it is given up: a connection may be dead without anybody being told.
	longest = time.Hour
)

// Run looks after the models until ctx ends, and then returns once a refresh under way has been given up. What fails is
// logged and tried again at the next look.
func (r *Refresher) Run(ctx context.Context) {
	look := time.NewTicker(r.Every)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			r.Look(ctx)
		}
	}
}

// Look refreshes the models that are due now.
func (r *Refresher) Look(ctx context.Context) {
	asking, cancel := context.WithTimeout(ctx, patience)
	models, err := Models(asking, r.Pool)
	cancel()
	if err != nil {
		r.failed(ctx, "", err)
		return
	}
	for _, m := range models {
		if err := r.refreshIfDue(ctx, m); err != nil {
			r.failed(ctx, m.Name, err)
		}
	}
}

func (r *Refresher) failed(ctx context.Context, model string, err error) {
	if ctx.Err() != nil {
		return // told to stop
	}
	r.Metrics.failures.WithLabelValues(model).Inc()
	r.Log.ErrorContext(ctx, "read model is not refreshed", "model", model, "error", err)
}

func (r *Refresher) refreshIfDue(ctx context.Context, m Model) error {
	due, err := r.due(ctx, m)
	if err != nil || !due {
		return err
	}
	start := r.Now()
	refreshing, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	swept, ran, err := TryRefresh(refreshing, r.Pool, m)
	if err != nil || !ran {
		return err
	}
	took := r.Now().Sub(start)
	r.Metrics.seconds.WithLabelValues(m.Name).Observe(took.Seconds())
	r.Metrics.swept.WithLabelValues(m.Name).Add(float64(swept))
	r.Log.InfoContext(ctx, "read model refreshed", "model", m.Name, "swept", swept, "took", took)
	return nil
}

// due counts no further than it must.
func (r *Refresher) due(ctx context.Context, m Model) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var rows float64
	var refreshed time.Time
	err := r.Pool.QueryRow(ctx, `
		SELECT c.reltuples, m.refreshed_at
		FROM readmodel.models AS m, pg_catalog.pg_class AS c
		WHERE m.name = $1 AND c.oid = $2::text::regclass`, m.Name, m.relation("snapshot")).Scan(&rows, &refreshed)
	if err != nil {
		return false, fmt.Errorf("ask the size of %s: %w", m.Name, err)
	}
	enough := max(r.Limits.MinRows, int(r.Limits.Share*rows))
	if r.Now().Sub(refreshed) > r.Limits.MaxAge {
		enough = 1
	}
	var reached bool
	err = r.Pool.QueryRow(ctx, fmt.Sprintf(`
		SELECT pg_catalog.count(*) = %d FROM (SELECT FROM %s LIMIT %d) AS f`,
		enough, m.relation("fresh"), enough)).Scan(&reached)
	if err != nil {
		return false, fmt.Errorf("count what is fresh in %s: %w", m.Name, err)
	}
	return reached, nil
}
