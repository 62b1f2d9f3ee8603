package cqrs

import (
	"context"
	"log/slog"
	"time"

	"pizzeria/internal/platform/clock"
)

const (
	// releaseQueueSize is how many claims can wait to be released. Further claims end with their leases.
	releaseQueueSize = 1024
	// releasePause is the time between two tries.
	releasePause = 250 * time.Millisecond
)

// Releaser releases claims that could not be released because the database was unavailable: a repeated request then finds
// its key free as soon as the database is back, and not when the lease ends.
type Releaser struct {
	keys        Keys
	unavailable func(error) bool
	clock       clock.Monotonic
	log         *slog.Logger
	claims      chan overdue
}

// overdue is a claim that is to be released before its lease ends.
type overdue struct {
	Claim
	until time.Duration // by the releaser's clock
}

// NewReleaser returns a releaser; unavailable tells which errors are worth another try.
func NewReleaser(keys Keys, unavailable func(error) bool, clock clock.Monotonic, log *slog.Logger) *Releaser {
	return &Releaser{keys: keys, unavailable: unavailable, clock: clock, log: log, claims: make(chan overdue, releaseQueueSize)}
}

// enqueue takes on a claim. It never waits.
func (r *Releaser) enqueue(c Claim) {
	select {
	case r.claims <- overdue{c, r.clock() + lease}:
	default:
	}
}

// Run releases the claims enqueued until ctx ends.
func (r *Releaser) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-r.claims:
			r.release(ctx, c)
		}
	}
}

func (r *Releaser) release(ctx context.Context, c overdue) {
	for r.clock() < c.until {
		err := r.keys.Release(ctx, c.Claim)
		switch {
		case err == nil:
			return
		case !r.unavailable(err):
			if ctx.Err() == nil {
				r.log.WarnContext(ctx, "claim stays locked until its lease ends", "command", c.Command, "error", err)
			}
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(releasePause):
		}
	}
}
