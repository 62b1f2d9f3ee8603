package app

import (
	"context"
	"sync"
	"time"

	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/readmodel"
)

// task is something that runs as long as the app does.
type task func(ctx context.Context)

// Run does what happens by itself: the feed moves, payments are settled, read models refreshed, old rows swept. It
// returns when ctx has ended and all of it has stopped.
func (a *App) Run(ctx context.Context) {
	var running sync.WaitGroup
	for _, run := range a.background {
		running.Go(func() { run(ctx) })
	}
	running.Wait()
}

const (
	// keepKeys is how long an idempotency key is remembered.
	keepKeys = 7 * 24 * time.Hour
	// keepPaymentEvents is how long the gateway may send an event again and find that it is known.
	keepPaymentEvents = 30 * 24 * time.Hour
)

func (a *App) addUpkeep(n Needs) {
	refresher := &readmodel.Refresher{
		Pool: n.Patient, Limits: readmodel.DefaultThresholds, Every: 2 * time.Second, Now: n.Now,
		Metrics: readmodel.NewMetrics(n.Registry), Log: n.Log,
	}
	sessions, keys, orders := customerstore.New(n.GORM, n.Now), keystore.New(n.GORM), orderstore.New(n.GORM)
	sweep := every(time.Hour, func(ctx context.Context) {
		if _, err := sessions.DeleteExpired(ctx, n.Now()); err != nil {
			n.Log.WarnContext(ctx, "sweep sessions", "error", err)
		}
		if _, err := keys.DeleteBefore(ctx, n.Now().Add(-keepKeys)); err != nil {
			n.Log.WarnContext(ctx, "sweep idempotency keys", "error", err)
		}
		if _, err := orders.ForgetPaymentEvents(ctx, n.Now().Add(-keepPaymentEvents)); err != nil {
			n.Log.WarnContext(ctx, "sweep payment events", "error", err)
		}
	})
	a.background = append(a.background, refresher.Run, sweep)
}

// every runs do now and then until ctx ends.
func every(pause time.Duration, do func(ctx context.Context)) task {
	return func(ctx context.Context) {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			do(ctx)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}
}
