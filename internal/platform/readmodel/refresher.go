package readmodel

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Refresher refreshes every generation that is kept exact when its fresh level has grown too large or too old. Each goes by
// itself: an hour of one keeps no other waiting. Any number of servers may run one.
type Refresher struct {
	Pool    *pgxpool.Pool // without timeouts, with a connection for each generation
	Limits  Thresholds
	Every   time.Duration // between looks
	Now     func() time.Time
	Metrics *Metrics
	Log     *slog.Logger

	mu   sync.Mutex
	busy map[string]struct{} // by name
}

const (
	// answerTimeout is how long a short question to the database may take; its pool has no limits of its own.
	answerTimeout = 10 * time.Second
	// refreshTimeout is how long a refresh may take before it is given up: a connection may be dead without anybody being
	// told. A million orders take 5.5 minutes under load, and ten millions ten times that: given up, they would begin again.
	refreshTimeout = 6 * time.Hour
)

// Run looks after the read models until ctx ends, and then returns once refreshes under way have been given up. What fails
// is logged and tried again at the next look.
func (r *Refresher) Run(ctx context.Context) {
	var working sync.WaitGroup
	defer working.Wait()
	look := time.NewTicker(r.Every)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			r.begin(ctx, &working)
		}
	}
}

// RefreshDue refreshes what is due now, and returns when that is done.
func (r *Refresher) RefreshDue(ctx context.Context) {
	var working sync.WaitGroup
	r.begin(ctx, &working)
	working.Wait()
}

// begin looks at each generation that isn't being looked at already.
func (r *Refresher) begin(ctx context.Context, working *sync.WaitGroup) {
	asking, cancel := context.WithTimeout(ctx, answerTimeout)
	all, err := Generations(asking, r.Pool)
	cancel()
	if err != nil {
		r.failed(ctx, "", err)
		return
	}
	for _, g := range all {
		if !g.exact() || !r.claim(g) {
			continue
		}
		factor := 1
		if beingReplaced(all, g) || beingDropped(all) {
			factor = replacedFactor
		}
		working.Go(func() {
			defer r.unclaim(g)
			if err := r.refreshIfDue(ctx, g, factor); err != nil {
				r.failed(ctx, g.Model, err)
			}
		})
	}
}

// replacedFactor is how many times as many rows as usual make it due to refresh a generation whose successor is being built: it
// would mostly be gone before the refresh ends, which meanwhile slows the building and the commands down. So are all while one is
// being dropped: its triggers can't be while a refresh reads the tables.
const replacedFactor = 5

func beingDropped(all []Generation) bool {
	return slices.ContainsFunc(all, func(g Generation) bool { return g.State == Dropping })
}

// beingReplaced tells whether a newer generation of the same model is being built.
func beingReplaced(all []Generation, g Generation) bool {
	return slices.ContainsFunc(all, func(o Generation) bool {
		return o.Model == g.Model && o.Number > g.Number && slices.Contains(unfinished, o.State)
	})
}

func (r *Refresher) claim(g Generation) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, busy := r.busy[g.Name()]; busy {
		return false
	}
	if r.busy == nil {
		r.busy = map[string]struct{}{}
	}
	r.busy[g.Name()] = struct{}{}
	return true
}

func (r *Refresher) unclaim(g Generation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.busy, g.Name())
}

func (r *Refresher) failed(ctx context.Context, model string, err error) {
	if ctx.Err() != nil {
		return // told to stop
	}
	r.Metrics.failures.WithLabelValues(model).Inc()
	r.Log.ErrorContext(ctx, "read model is not refreshed", "model", model, "error", err)
}

func (r *Refresher) refreshIfDue(ctx context.Context, g Generation, factor int) error {
	enough, err := r.threshold(ctx, g)
	if err != nil {
		return err
	}
	enough *= factor
	due, err := r.reached(ctx, g, enough)
	if err != nil || !due {
		return err
	}
	working, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	if g.Kind == Sum {
		if ran, err := r.compact(working, g); err != nil || !ran {
			return err
		}
		// With less than half of the room won, it would soon be compacted again, for as little.
		if due, err = r.reached(ctx, g, (enough+1)/2); err != nil || !due {
			return err
		}
	}
	return r.refresh(working, g)
}

func (r *Refresher) compact(ctx context.Context, g Generation) (ran bool, err error) {
	start := time.Now()
	if ran, err = TryCompact(ctx, r.Pool, g); err != nil || !ran {
		return ran, err
	}
	took := time.Since(start)
	r.Metrics.compactions.WithLabelValues(g.Model).Observe(took.Seconds())
	r.Log.InfoContext(ctx, "read model compacted", "generation", g.Name(), "took", took)
	return true, nil
}

func (r *Refresher) refresh(ctx context.Context, g Generation) error {
	start := time.Now()
	swept, ran, err := TryRefresh(ctx, r.Pool, g)
	if err != nil || !ran {
		return err
	}
	took := time.Since(start)
	r.Metrics.seconds.WithLabelValues(g.Model).Observe(took.Seconds())
	r.Metrics.swept.WithLabelValues(g.Model).Add(float64(swept))
	r.Log.InfoContext(ctx, "read model refreshed", "generation", g.Name(), "swept", swept, "took", took)
	return nil
}
