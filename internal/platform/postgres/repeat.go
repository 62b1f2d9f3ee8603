package postgres

import (
	"context"
	"time"
)

// Repeat does work that is too much for one transaction: batch by batch, until one has nothing to do. After each it rests for as
// long as that took, so that commands go on meanwhile. It returns how much all of them did.
func Repeat(ctx context.Context, batch func(ctx context.Context) (done int64, err error)) (all int64, err error) {
	for {
		began := time.Now()
		done, err := batch(ctx)
		if all += done; err != nil || done == 0 {
			return all, err
		}
		select {
		case <-ctx.Done():
			return all, ctx.Err()
		case <-time.After(time.Since(began)):
		}
	}
}
