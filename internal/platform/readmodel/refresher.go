package readmodel

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

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
	// A million orders take 5.5 minutes under load, and ten millions ten times that: given up, they would begin again.
	longest = 6 * time.Hour
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
	enough, err := r.threshold(ctx, m)
	if err != nil {
		return err
	}
	due, err := r.reached(ctx, m, enough)
	if err != nil || !due {
		return err
	}
	working, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if m.IsSum {
		if ran, err := r.compact(working, m); err != nil || !ran {
			return err
		}
		// With less than half of the room won, it would soon be compacted again, for as little.
		if due, err = r.reached(ctx, m, (enough+1)/2); err != nil || !due {
			return err
		}
	}
	return r.refresh(working, m)
}

func (r *Refresher) compact(ctx context.Context, m Model) (ran bool, err error) {
	start := r.Now()
	if ran, err = TryCompact(ctx, r.Pool, m); err != nil || !ran {
		return ran, err
	}
	took := r.Now().Sub(start)
	r.Metrics.compactions.WithLabelValues(m.Name).Observe(took.Seconds())
	r.Log.InfoContext(ctx, "read model compacted", "model", m.Name, "took", took)
	return true, nil
}

func (r *Refresher) refresh(ctx context.Context, m Model) error {
	start := r.Now()
	swept, ran, err := TryRefresh(ctx, r.Pool, m)
	if err != nil || !ran {
		return err
	}
	took := r.Now().Sub(start)
	r.Metrics.seconds.WithLabelValues(m.Name).Observe(took.Seconds())
	r.Metrics.swept.WithLabelValues(m.Name).Add(float64(swept))
	r.Log.InfoContext(ctx, "read model refreshed", "model", m.Name, "swept", swept, "took", took)
	return nil
}
