package ordering

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// Completer finishes what a crash or a silent gateway left: payments that are due, and orders that nobody paid for.
type Completer struct {
	Due     pendingWork
	Settler *Settler
	Orders  orders
	Log     *slog.Logger
	Now     func() time.Time
	// Every is the pause between rounds; AbandonAfter how long an order may wait for the customer to pay, from the last try on:
	// whoever is at the bank isn't cancelled.
	Every        time.Duration
	AbandonAfter time.Duration
	Committed    func()
}

// pendingWork finds orders to work on. ClaimDue, ClaimDueRefunds and ClaimDueSupplements claim each for the lease, so that
// two servers don't both call the gateway. LapsedAmendments returns orders of which a change waits at the bank that was
// tried before the time given. AwaitingAuthorization returns orders whose authorization was attempted before the time given
// and has no outcome yet.
type pendingWork interface {
	ClaimDue(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error)
	ClaimDueRefunds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error)
	ClaimDueSupplements(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error)
	LapsedAmendments(ctx context.Context, triedBefore time.Time, limit int) ([]uuid.UUID, error)
	Abandoned(ctx context.Context, triedBefore time.Time, limit int) ([]uuid.UUID, error)
	AwaitingAuthorization(ctx context.Context, attemptedBefore time.Time, limit int) ([]uuid.UUID, error)
}

// batch is how many orders a round takes on. They are settled in parallel: if the gateway takes seconds to answer for each,
// the orders must not wait for one another.
const batch = 100

// Run works until ctx ends. What needs no gateway doesn't wait for it.
func (c *Completer) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { c.repeat(ctx, c.Round) })
	both.Go(func() { c.repeat(ctx, c.RejectUnconfirmed) })
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
	refunds, err := c.Due.ClaimDueRefunds(ctx, c.Now(), settlingLease, batch)
	if err != nil {
		return fmt.Errorf("claim due refunds: %w", err)
	}
	supplements, err := c.Due.ClaimDueSupplements(ctx, c.Now(), settlingLease, batch)
	if err != nil {
		return fmt.Errorf("claim due supplements: %w", err)
	}
	due = slices.Compact(slices.SortedFunc(slices.Values(slices.Concat(due, refunds, supplements)), func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }))
	inParallel(due, func(id uuid.UUID) {
		if _, err := c.Settler.Settle(ctx, id); err != nil {
			c.Log.WarnContext(ctx, "payment stays due", "order", id, "error", err)
		}
	})
	lapsed, err := c.Due.LapsedAmendments(ctx, c.Now().Add(-c.AbandonAfter), batch)
	if err != nil {
		return fmt.Errorf("find amendments that nobody paid for: %w", err)
	}
	inParallel(lapsed, func(id uuid.UUID) {
		if err := c.lapse(ctx, id); err != nil {
			c.Log.WarnContext(ctx, "amendment that nobody paid for stays", "order", id, "error", err)
		}
	})
	abandoned, err := c.Due.Abandoned(ctx, c.Now().Add(-c.AbandonAfter), batch)
	if err != nil {
		return fmt.Errorf("find abandoned orders: %w", err)
	}
	inParallel(abandoned, func(id uuid.UUID) {
		if err := c.abandon(ctx, id); err != nil {
			c.Log.WarnContext(ctx, "abandoned order stays", "order", id, "error", err)
		}
	})
	if len(due)+len(lapsed)+len(abandoned) > 0 {
		c.Committed()
	}
	return nil
}

// RejectUnconfirmed rejects the orders whose authorization has had no outcome for too long. It does not call the gateway:
// when the gateway is silent, there may be more such orders than there is time to ask about. Money that it holds is
// released later.
func (c *Completer) RejectUnconfirmed(ctx context.Context) error {
	for {
		overdue, err := c.Due.AwaitingAuthorization(ctx, c.Now().Add(-unattendedTimeout), batch)
		if err != nil {
			return fmt.Errorf("find orders that await an authorization: %w", err)
		}
		var failed atomic.Pointer[error]
		inParallel(overdue, func(id uuid.UUID) {
			if err := c.rejectUnconfirmed(ctx, id); err != nil {
				failed.Store(&err)
			}
		})
		if len(overdue) > 0 {
			c.Committed()
		}
		if err := failed.Load(); err != nil {
			return *err
		}
		if len(overdue) < batch {
			return nil
		}
	}
}

func (c *Completer) rejectUnconfirmed(ctx context.Context, id uuid.UUID) error {
	_, err := c.Orders.Update(ctx, id, func(o *Order) error {
		o.rejectUnconfirmed(unattendedTimeout, c.Now())
		return nil
	})
	if err != nil {
		return fmt.Errorf("reject unconfirmed order %s: %w", id, err)
	}
	return nil
}

// inParallel calls do for each order in a goroutine of its own, and returns when all calls have.
func inParallel(orders []uuid.UUID, do func(uuid.UUID)) {
	var running sync.WaitGroup
	for _, id := range orders {
		running.Go(func() { do(id) })
	}
	running.Wait()
}

// abandon cancels an order that waits for its customer, unless the customer has just begun another payment.
func (c *Completer) abandon(ctx context.Context, id uuid.UUID) error {
	_, err := c.Orders.Update(ctx, id, func(o *Order) error {
		if o.state.Status != Pending || o.state.Payment.Due == AuthorizeDue || o.state.Payment.triedSince(c.Now().Add(-c.AbandonAfter)) {
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

// lapse gives up an amendment that waits for its customer, unless the customer has just begun another.
func (c *Completer) lapse(ctx context.Context, id uuid.UUID) error {
	_, err := c.Orders.Update(ctx, id, func(o *Order) error {
		for i := range o.state.Supplements {
			if s := &o.state.Supplements[i]; s.Due == NothingDue && !s.triedSince(c.Now().Add(-c.AbandonAfter)) {
				s.lapse(c.Now())
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("give up: %w", err)
	}
	if _, err := c.Settler.Settle(ctx, id); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}
