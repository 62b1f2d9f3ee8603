package ordering

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// Completer finishes what a crash or a silent gateway left: payments that are due, and orders that nobody paid for.
type Completer struct {
	Due     unfinished
	Settler *Settler
	Orders  orders
	Log     *slog.Logger
	Now     func() time.Time
	// Every is the pause between rounds; AbandonAfter how long an order may wait for the customer to pay.
	Every        time.Duration
	AbandonAfter time.Duration
	Committed    func()
}

// unfinished finds orders to work on. ClaimDue takes each for the lease, so that two servers don't both ask the gateway.
// Doubtful are those whose customer has been waiting since then to know whether the card is good.
type unfinished interface {
	ClaimDue(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error)
	Abandoned(ctx context.Context, placedBefore time.Time, limit int) ([]uuid.UUID, error)
	Doubtful(ctx context.Context, attemptedBefore time.Time, limit int) ([]uuid.UUID, error)
}

// batch is how many orders a round takes on. They are settled at once: a gateway that keeps silent about each for seconds
// must not make them wait for one another.
const batch = 100

// Run works until ctx ends. What needs no gateway doesn't wait for it.
func (c *Completer) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { c.repeat(ctx, c.Round) })
	both.Go(func() { c.repeat(ctx, c.GiveUp) })
	both.Wait()
}

func (c *Completer) repeat(ctx context.Context, round func(context.Context) error) {
	tick := time.NewTicker(c.Every)
	defer tick.Stop()
	for {
		if err := round(ctx); err != nil && ctx.Err() == nil {
			c.Log.WarnContext(ctx, "complete orders", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round settles the payments due now and cancels the orders abandoned by now, some of each.
func (c *Completer) Round(ctx context.Context) error {
	due, err := c.Due.ClaimDue(ctx, c.Now(), settlingLease, batch)
	if err != nil {
		return fmt.Errorf("claim due payments: %w", err)
	}
	atOnce(due, func(id uuid.UUID) {
		if _, err := c.Settler.Settle(ctx, id); err != nil {
			c.Log.WarnContext(ctx, "payment stays due", "order", id, "error", err)
		}
	})
	abandoned, err := c.Due.Abandoned(ctx, c.Now().Add(-c.AbandonAfter), batch)
	if err != nil {
		return fmt.Errorf("find abandoned orders: %w", err)
	}
	atOnce(abandoned, func(id uuid.UUID) {
		if err := c.abandon(ctx, id); err != nil {
			c.Log.WarnContext(ctx, "abandoned order stays", "order", id, "error", err)
		}
	})
	if len(due)+len(abandoned) > 0 {
		c.Committed()
	}
	return nil
}

// GiveUp rejects the orders whose payment has been unknown for too long. The gateway is not asked: when it is silent, there
// may be more of them than can be asked about in time. What it holds is released later.
func (c *Completer) GiveUp(ctx context.Context) error {
	for {
		doubtful, err := c.Due.Doubtful(ctx, c.Now().Add(-despair), batch)
		if err != nil {
			return fmt.Errorf("find doubtful orders: %w", err)
		}
		var failed atomic.Pointer[error]
		atOnce(doubtful, func(id uuid.UUID) {
			if err := c.giveUp(ctx, id); err != nil {
				failed.Store(&err)
			}
		})
		if len(doubtful) > 0 {
			c.Committed()
		}
		if err := failed.Load(); err != nil {
			return *err
		}
		if len(doubtful) < batch {
			return nil
		}
	}
}

func (c *Completer) giveUp(ctx context.Context, id uuid.UUID) error {
	_, err := c.Orders.Update(ctx, id, func(o *Order) error {
		o.giveUp(despair, c.Now())
		return nil
	})
	if err != nil {
		return fmt.Errorf("give up order %s: %w", id, err)
	}
	return nil
}

func atOnce(orders []uuid.UUID, do func(uuid.UUID)) {
	var doing sync.WaitGroup
	for _, id := range orders {
		doing.Go(func() { do(id) })
	}
	doing.Wait()
}

// abandon cancels an order that waits for its customer, unless they came back just now.
func (c *Completer) abandon(ctx context.Context, id uuid.UUID) error {
	_, err := c.Orders.Update(ctx, id, func(o *Order) error {
		if o.state.Status != Pending || o.state.Payment.Due == AuthorizeDue {
			return nil
		}
		reason := "Nobody paid in time."
		o.moveBySystem(Cancel, &reason, c.Now())
		return nil
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return fmt.Errorf("cancel: %w", err)
	}
	if _, err := c.Settler.Settle(ctx, id); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}
