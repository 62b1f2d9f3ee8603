package cqrs

import (
	"context"
	"math/rand/v2"
	"time"
)

// retries is how often a transaction that lost a race is run again.
const retries = 3

// Retry runs a handler again, from its start, when its transaction lost a race: see RunWithRetry. It belongs directly around a
// handler that is one transaction, inside the step that must happen once.
func Retry[C, R any](p Pipeline, next Command[C, R]) Command[C, R] {
	return HandlerFunc[C, R](func(ctx context.Context, cmd C) (R, error) {
		return RunWithRetry(ctx, p, func(ctx context.Context) (R, error) { return next.Handle(ctx, cmd) })
	})
}

// RunWithRetry runs a transaction once more when it lost a race against another, as the pipeline's Retryable tells: three more
// times at most, each after a random pause that grows, and all of it within 3 s.
func RunWithRetry[R any](ctx context.Context, p Pipeline, transaction func(ctx context.Context) (R, error)) (R, error) {
	ctx, cancel := context.WithTimeout(ctx, transactionBudget)
	defer cancel()
	for try := 1; ; try++ {
		answer, err := transaction(ctx)
		if err == nil || try > retries || !p.Retryable(err) {
			return answer, err
		}
		p.Metrics.retried()
		select {
		case <-ctx.Done():
			return answer, err
		case <-time.After(rand.N(time.Duration(try) * 20 * time.Millisecond)):
		}
	}
}
