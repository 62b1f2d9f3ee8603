package ordering

import (
	"context"
	"log/slog"
	"time"
)

// QuoteKeeper gives back what expired quotes hold.
type QuoteKeeper struct {
	Quotes    expiring
	Log       *slog.Logger
	Now       func() time.Time
	Every     time.Duration // the pause between rounds
	Committed func()
}

// expiring drops the quotes that have expired by a moment, each once however many servers do so, and returns how many.
type expiring interface {
	DropExpired(ctx context.Context, now time.Time) (int64, error)
}

// Run works until ctx ends.
func (k *QuoteKeeper) Run(ctx context.Context) {
	tick := time.NewTicker(k.Every)
	defer tick.Stop()
	for {
		dropped, err := k.Quotes.DropExpired(ctx, k.Now())
		if err != nil && ctx.Err() == nil {
			k.Log.WarnContext(ctx, "give back what expired quotes hold", "error", err)
		}
		if dropped > 0 { // dishes may be there again
			k.Committed()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
