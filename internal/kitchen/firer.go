package kitchen

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Firer lets begin what has waited for its time, each once, however many servers there are. It also opens the tickets of
// orders that a server of an earlier version has confirmed.
type Firer struct {
	Tickets   waiting
	Log       *slog.Logger
	Now       func() time.Time
	Every     time.Duration // the pause between rounds
	Committed func()
}

// waiting are tickets that wait for their time. Due returns some whose time has come; UpdateTicket loads one under its lock, lets
// change decide, and saves it. OpenMissing opens the tickets of some orders in the kitchen that have none, and returns how many.
type waiting interface {
	Due(ctx context.Context, now time.Time, most int) ([]uuid.UUID, error)
	UpdateTicket(ctx context.Context, id uuid.UUID, change func(*Ticket) error) error
	OpenMissing(ctx context.Context, now time.Time, most int) (int, error)
}

const (
	firedAtOnce = 100
	// missingEvery is in which rounds orders without a ticket are looked for.
	missingEvery = 10
)

// Run works until ctx ends.
func (f *Firer) Run(ctx context.Context) {
	tick := time.NewTicker(f.Every)
	defer tick.Stop()
	for round := 0; ; round++ {
		if err := f.Round(ctx, round%missingEvery == 0); err != nil && ctx.Err() == nil {
			f.Log.WarnContext(ctx, "fire tickets", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round fires all that is due, and opens what is missing if it is told to.
func (f *Firer) Round(ctx context.Context, missing bool) error {
	for missing {
		opened, err := f.Tickets.OpenMissing(ctx, f.Now(), firedAtOnce)
		if err != nil {
			return fmt.Errorf("open missing tickets: %w", err)
		}
		if opened > 0 {
			f.Committed()
		}
		missing = opened == firedAtOnce
	}
	for {
		now := f.Now().UTC().Truncate(time.Millisecond)
		due, err := f.Tickets.Due(ctx, now, firedAtOnce)
		if err != nil {
			return fmt.Errorf("look for tickets that are due: %w", err)
		}
		for _, id := range due {
			err := f.Tickets.UpdateTicket(ctx, id, func(t *Ticket) error {
				t.FireDue(now)
				return nil
			})
			if err != nil {
				return fmt.Errorf("fire ticket %s: %w", id, err)
			}
		}
		if len(due) > 0 {
			f.Committed()
		}
		if len(due) < firedAtOnce {
			return nil
		}
	}
}
