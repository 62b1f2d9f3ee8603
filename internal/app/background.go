package app

import (
	"context"
	"sync"
	"time"

	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/postgres"
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

func (a *App) addUpkeep(deps Dependencies) {
	deps.Registry.MustRegister(&readmodel.Collector{DB: deps.RefreshPool, Log: deps.Log})
	refresher := &readmodel.Refresher{
		Pool: deps.RefreshPool, Limits: readmodel.DefaultThresholds, Every: 2 * time.Second, Now: deps.Now,
		Metrics: readmodel.NewMetrics(deps.Registry), Log: deps.Log,
	}
	sweeps := append([]postgres.Sweep{
		customerstore.SweepSessions(), customerstore.SweepInvites(), customerstore.SweepDevices(), keystore.Sweep(), orderstore.SweepPaymentEvents(),
		orderstore.SweepTokens(), orderstore.SweepNetworks(), orderstore.SweepActions(), menustore.SweepImages(), menustore.SweepScheduled(),
	}, deps.Sweeps...)
	sweep := periodically(time.Hour, func(ctx context.Context) {
		for _, s := range sweeps {
			if deleted, err := s.Run(ctx, deps.Pool, deps.Now()); err != nil && ctx.Err() == nil {
				deps.Log.WarnContext(ctx, "sweep old rows", "table", s.Table, "deleted", deleted, "error", err)
			}
		}
	})
	eraser := newEraser(deps.Pool, deps.GORM, deps.Now, deps.Log)
	a.background = append(a.background, refresher.Run, sweep, periodically(eraseEvery, eraser.EraseDue))
}

// periodically runs do now and then until ctx ends.
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
