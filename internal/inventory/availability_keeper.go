package inventory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"pizzeria/internal/platform/auth"
)

// AvailabilityKeeper makes available again what was sold out until a time: each once, however many servers do so. Menus are told
// by it; whether an order is accepted doesn't depend on it.
type AvailabilityKeeper struct {
	Stock     ending
	Log       *slog.Logger
	Now       func() time.Time
	Every     time.Duration // the longest pause between rounds
	Committed func()
}

// Ending is what a location has of an ingredient, and when it comes back.
type Ending struct {
	StockKey
	Until time.Time
}

// ending lists what comes back by a moment, the first of it first: as much as can be read at once.
type ending interface {
	availabilities
	EndingBy(ctx context.Context, moment time.Time) ([]Ending, error)
}

// Run works until ctx ends.
func (k *AvailabilityKeeper) Run(ctx context.Context) {
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		pause, err := k.Round(ctx)
		if err != nil && ctx.Err() == nil {
			k.Log.WarnContext(ctx, "make available what was sold out until now", "error", err)
		}
		next.Reset(pause)
	}
}

// Round makes available what has been sold out long enough, and returns the pause until the next round. What fails is tried again
// in that, and keeps nothing else from coming back.
func (k *AvailabilityKeeper) Round(ctx context.Context) (pause time.Duration, err error) {
	now := k.Now()
	soon, err := k.Stock.EndingBy(ctx, now.Add(k.Every))
	if err != nil {
		return k.Every, fmt.Errorf("look for what comes back: %w", err)
	}
	var failed []error
	for _, e := range soon {
		if wait := e.Until.Sub(now); wait > 0 {
			return wait, errors.Join(failed...)
		}
		_, err := k.Stock.UpdateAvailability(ctx, e.IngredientID, &e.LocationID, auth.System().Author(), now, nil, func(_ Place, l *Level) error {
			l.comeBack(now) // another server may have been first, or somebody has sold it out for longer
			return nil
		})
		k.Committed()
		if err != nil {
			failed = append(failed, fmt.Errorf("make %s available at %s: %w", e.IngredientID, e.LocationID, err))
		}
	}
	return k.Every, errors.Join(failed...)
}
