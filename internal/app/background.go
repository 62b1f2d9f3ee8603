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

func (a *App) addUpkeep(deps Dependencies) {
	deps.Registry.MustRegister(&readmodel.Collector{DB: deps.RefreshPool, Log: deps.Log})
	refresher := &readmodel.Refresher{
		Pool: deps.RefreshPool, Limits: readmodel.DefaultThresholds, Every: 2 * time.Second, Now: deps.Now,
		Metrics: readmodel.NewMetrics(deps.Registry), Log: deps.Log,
	}
	sessions, keys, orders := customerstore.New(deps.GORM, deps.Now), keystore.New(deps.GORM), orderstore.New(deps.GORM)
	sweep := periodically(time.Hour, func(ctx context.Context) {
		if _, err := sessions.DeleteExpired(ctx, deps.Now()); err != nil {
			deps.Log.WarnContext(ctx, "sweep sessions", "error", err)
		}
		if _, err := keys.DeleteBefore(ctx, deps.Now().Add(-keepKeys)); err != nil {
			deps.Log.WarnContext(ctx, "sweep idempotency keys", "error", err)
		}
		if _, err := orders.ForgetPaymentEvents(ctx, deps.Now().Add(-keepPaymentEvents)); err != nil {
			deps.Log.WarnContext(ctx, "sweep payment events", "error", err)
		}
	})
	a.background = append(a.background, refresher.Run, sweep)
}

// every runs do now and then until ctx ends.
func periodically(pause time.Duration, do func(ctx context.Context)) task {
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
