package load

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Closed is a closed loop: each worker takes its next step as soon as the last one is done, for a while or until a step
// says that there is nothing more to do. It returns the steps a second.
func Closed(ctx context.Context, workers int, d time.Duration, step func(ctx context.Context, worker int) (more bool, err error)) (float64, error) {
	var steps atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	began := time.Now()
	for worker := range workers {
		group.Go(func() error {
			for ctx.Err() == nil && time.Since(began) < d {
				more, err := step(ctx, worker)
				if err != nil {
					return fmt.Errorf("under load: %w", err)
				}
				if !more {
					return nil
				}
				steps.Add(1)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return float64(steps.Load()) / time.Since(began).Seconds(), nil
}

// Ask is a closed loop of requests to a URL, on the given number of kept-alive connections. Each worker gets its next
// request from next, nil if there are no more; check looks at each answer.
func Ask(ctx context.Context, url string, connections int, d time.Duration, next func() []byte, check func(body []byte) error) (float64, error) {
	clients, err := DialAll(ctx, url, connections)
	if err != nil {
		return 0, err
	}
	defer clients.Close()
	return Closed(ctx, connections, d, func(ctx context.Context, worker int) (bool, error) {
		request := next()
		if request == nil {
			return false, nil
		}
		return true, clients[worker].Ask(ctx, request, check)
	})
}

// Open is an open loop: perSecond steps a second begin when they are due, whether earlier ones are done or not, as long
// as there are workers left. It returns the steps a second that were done.
func Open(ctx context.Context, workers int, perSecond float64, d time.Duration, step func(ctx context.Context, n int) error) (float64, error) {
	began := time.Now()
	due := make(chan int, int(perSecond*d.Seconds())+1)
	var steps atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(due)
		for n := range cap(due) - 1 {
			at := time.Duration(float64(n) / perSecond * float64(time.Second))
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Until(began.Add(at))):
				due <- n
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			for n := range due {
				if err := step(ctx, n); err != nil {
					return fmt.Errorf("under load: %w", err)
				}
				steps.Add(1)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return float64(steps.Load()) / time.Since(began).Seconds(), nil
}
