package bench_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// client places orders and moves each one step. It is used by one goroutine.
type client interface {
	place(ctx context.Context) error
	move(ctx context.Context) error // the order placed last
}

// load makes clients of a database.
type load struct {
	name    string
	clients func(b *testing.B, l *lab, database string) []client
}

const clients = 4

// overtime is how long a round may wait for transactions that were begun in it; those that take longer are cancelled.
const overtime = time.Second

// work lets the clients work at once for a while and returns how many orders they placed and moved in a second.
func work(ctx context.Context, who []client, d time.Duration) (float64, error) {
	hard, cancel := context.WithTimeout(ctx, d+overtime)
	defer cancel()
	var transactions atomic.Int64
	var group errgroup.Group
	began := time.Now()
	for _, c := range who {
		group.Go(func() error {
			for i := 0; time.Since(began) < d; i++ {
				step := c.place
				if i%2 == 1 {
					step = c.move
				}
				if err := step(hard); err != nil && hard.Err() == nil {
					return err
				}
				if hard.Err() == nil { // what was cancelled doesn't count
					transactions.Add(1)
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, fmt.Errorf("work: %w", err)
	}
	return float64(transactions.Load()) / 2 / time.Since(began).Seconds(), nil
}
