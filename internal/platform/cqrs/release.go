package cqrs

import (
	"context"
	"log/slog"
	"time"
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
	now         func() time.Time
	log         *slog.Logger
	claims      chan Claim
}

// NewReleaser returns a releaser; unavailable tells which errors are worth another try.
func NewReleaser(keys Keys, unavailable func(error) bool, now func() time.Time, log *slog.Logger) *Releaser {
	return &Releaser{keys: keys, unavailable: unavailable, now: now, log: log, claims: make(chan Claim, releaseQueueSize)}
}

// enqueue takes on a claim. It never waits.
func (r *Releaser) enqueue(c Claim) {
	select {
	case r.claims <- c:
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

func (r *Releaser) release(ctx context.Context, c Claim) {
	for r.now().Before(c.LockedUntil) {
		err := r.keys.Release(ctx, c)
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
