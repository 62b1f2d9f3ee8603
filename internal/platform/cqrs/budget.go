package cqrs

import (
	"context"
	"fmt"
	"time"

	"pizzeria/internal/platform/fault"
)

const (
	// queryBudget ends a query.
	queryBudget = 3 * time.Second
	// transactionBudget ends a transaction with all its retries.
	transactionBudget = 3 * time.Second
	// commandBudget ends a command as a whole: it may wait for its twin, run a transaction, ask the payment gateway and
	// record the answer. It is no longer than the lease of a claim.
	commandBudget = lease
)

// bounded ends a message in time, even if it waits without a limit of its own.
func bounded[M, R any](budget time.Duration, next Query[M, R]) HandlerFunc[M, R] {
	return func(ctx context.Context, message M) (R, error) {
		ctx, cancel := context.WithTimeout(ctx, budget)
		defer cancel()
		return next.Handle(ctx, message)
	}
}

// explained is where an error of the database gets its code.
func explained[M, R any](p Pipeline, next Query[M, R]) HandlerFunc[M, R] {
	return func(ctx context.Context, message M) (R, error) {
		answer, err := next.Handle(ctx, message)
		return answer, p.Explain(err)
	}
}

// Explain makes UNAVAILABLE of an error that says only that the database can't work now, and keeps it as the cause, for
// the log. Other errors, and nil, stay as they are.
func (p Pipeline) Explain(err error) error {
	if _, refused := fault.As(err); refused || !p.Unavailable(err) {
		return err
	}
	return fmt.Errorf("%w: %w", fault.New(fault.Unavailable, "The service is busy. Try again."), err)
}
