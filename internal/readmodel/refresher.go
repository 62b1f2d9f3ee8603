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
	Share   float64       // of the snapshot's rows
	MinRows int           // fresh rows below which a share, however large, can wait
	MaxWait time.Duration // since the last refresh, after which it doesn't
}

// DefaultThresholds suit a shop from its first order to its ten millionth.
var DefaultThresholds = Thresholds{Share: 0.1, MinRows: 10_000, MaxWait: 10 * time.Minute}

// rows returns how many fresh rows call for a refresh of a snapshot of so many rows, so long after the last one.
func (t Thresholds) rows(snapshot float64, since time.Duration) int {
	share := max(1, int(t.Share*snapshot))
	if since > t.MaxWait {
		return share
	}
	return max(t.MinRows, share)
}

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
		if ran, err := TryCompact(working, r.Pool, m); err != nil || !ran {
			return err
		}
		// With less than half of the room won, it would soon be compacted again, for as little.
		if due, err = r.reached(ctx, m, (enough+1)/2); err != nil || !due {
			return err
		}
	}
	return r.refresh(working, m)
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

// threshold returns how many fresh rows call for a refresh of the model now.
func (r *Refresher) threshold(ctx context.Context, m Model) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var rows float64
	var refreshed time.Time
	err := r.Pool.QueryRow(ctx, `
		SELECT c.reltuples, m.refreshed_at
		FROM readmodel.models AS m, pg_catalog.pg_class AS c
		WHERE m.name = $1 AND c.oid = $2::text::regclass`, m.Name, m.relation("snapshot")).Scan(&rows, &refreshed)
	if err != nil {
		return 0, fmt.Errorf("ask the size of %s: %w", m.Name, err)
	}
	return r.Limits.rows(rows, r.Now().Sub(refreshed)), nil
}

// counted is how much of a fresh level is read to find out how many rows it has, in blocks of 8 kB: looks are frequent, and
// a long history has a large one.
const counted = 1000

// reached tells whether the model has so many fresh rows, more or less: beyond counted blocks it goes by a sample.
func (r *Refresher) reached(ctx context.Context, m Model, rows int) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var parts float64
	err = r.Pool.QueryRow(ctx, `
		SELECT greatest(1, pg_catalog.pg_relation_size($1::text::regclass)
			/ pg_catalog.current_setting('block_size')::double precision / $2)`, m.relation("fresh"), counted).Scan(&parts)
	if err != nil {
		return false, fmt.Errorf("measure what is fresh in %s: %w", m.Name, err)
	}
	err = r.Pool.QueryRow(ctx, fmt.Sprintf(`
		SELECT pg_catalog.count(*) * %[2]g >= %[3]d
		FROM %[1]s AS f TABLESAMPLE SYSTEM (%[4]g)`, m.relation("fresh"), parts, rows, 100/parts)).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("count what is fresh in %s: %w", m.Name, err)
	}
	return yes, nil
}
