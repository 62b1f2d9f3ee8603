package cqrs

import (
	"context"
	"log/slog"
	"time"
)

const (
	// owed is how many claims can wait to be given back. What is more is left to the leases.
	owed = 1024
	// releasePause is the time between two tries.
	releasePause = 250 * time.Millisecond
)

// Releaser gives back claims that could not be given back because the database was away: whoever repeats a request then
// finds it free as soon as the database is back, and not when the lease ends.
type Releaser struct {
	keys        Keys
	unavailable func(error) bool
	now         func() time.Time
	log         *slog.Logger
	claims      chan Claim
}

// NewReleaser returns a releaser; unavailable tells which errors are worth another try.
func NewReleaser(keys Keys, unavailable func(error) bool, now func() time.Time, log *slog.Logger) *Releaser {
	return &Releaser{keys: keys, unavailable: unavailable, now: now, log: log, claims: make(chan Claim, owed)}
}

// later takes on a claim. It never waits.
func (r *Releaser) later(c Claim) {
	select {
	case r.claims <- c:
	default:
	}
}

// Run gives back what it was handed until ctx ends.
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
