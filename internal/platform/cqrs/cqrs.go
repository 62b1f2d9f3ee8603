// Package cqrs is the pipeline around every command and query: observe, explain, bound, authorize, validate, answer a repeated
// intent, retry.
// A capability is wrapped once, when the app is built; handlers hold nothing but their rule.
package cqrs

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Command changes something: one message, one handler, one answer.
type Command[C, R any] interface {
	Handle(ctx context.Context, cmd C) (R, error)
}

// Query answers from a read model and changes nothing.
type Query[Q, R any] interface {
	Handle(ctx context.Context, query Q) (R, error)
}

// HandlerFunc lets a function be a Command or a Query.
type HandlerFunc[M, R any] func(ctx context.Context, message M) (R, error)

// Handle calls the function.
func (f HandlerFunc[M, R]) Handle(ctx context.Context, message M) (R, error) { return f(ctx, message) }

// Validator is a message that can tell by itself, without looking anything up, whether it makes sense.
type Validator interface {
	Validate() error
}

// Authorizer is a message that can tell by itself whether whoever sends it may. Where that depends on what is stored, the handler
// or the aggregate tells.
type Authorizer interface {
	Authorize() error
}

// Pipeline holds what the stages need; one serves every capability.
type Pipeline struct {
	Log     *slog.Logger
	Metrics *Metrics
	// Trace opens a span around a message and returns how to end it, which takes the outcome: OK, Fault or the code of a
	// refusal. Nil opens none.
	Trace func(ctx context.Context, name string) (context.Context, func(outcome string))
	// Retryable tells whether an error means: this transaction lost a race, run the whole of it again.
	Retryable func(error) bool
	// Unavailable tells whether an error means: the database can't work now, try again in a moment.
	Unavailable func(error) bool
	// Committed is called after each command that may have changed something.
	Committed func()
	Keys      Keys
	Releaser  *Releaser
	Now       func() time.Time
	NewID     func() uuid.UUID
}

// NewCommand wraps a handler that runs one transaction.
func NewCommand[C Validator, R any](p Pipeline, name string, h Command[C, R]) Command[C, R] {
	return observe(p, "command", name, explained(p, committed(p, bounded(commandBudget, authorized(Validated(h))))))
}

// NewIdempotentCommand wraps a handler whose message names the client's intent. What the handler returns, the outcome, is stored:
// a repeated intent gets the first one. show makes the answer of it, as things stand when it is asked.
func NewIdempotentCommand[C Keyed[C], R, A any](p Pipeline, name string, h Command[C, R], show func(ctx context.Context, outcome R) (A, error)) Command[C, A] {
	return observe(p, "command", name, explained(p, committed(p, bounded(commandBudget, authorized(Validated(shown(once(p, name, h), show)))))))
}

// shown makes an answer of a command's outcome.
func shown[C, R, A any](next Command[C, R], show func(ctx context.Context, outcome R) (A, error)) HandlerFunc[C, A] {
	return func(ctx context.Context, cmd C) (A, error) {
		outcome, err := next.Handle(ctx, cmd)
		if err != nil {
			var none A
			return none, err
		}
		return show(ctx, outcome)
	}
}

// NewQuery wraps a handler that only reads.
func NewQuery[Q, R any](p Pipeline, name string, h Query[Q, R]) Query[Q, R] {
	return observe(p, "query", name, explained(p, bounded(queryBudget, h)))
}

// authorized lets only messages through that their senders may send.
func authorized[C, R any](next Command[C, R]) Command[C, R] {
	return HandlerFunc[C, R](func(ctx context.Context, cmd C) (R, error) {
		if a, ok := any(cmd).(Authorizer); ok {
			if err := a.Authorize(); err != nil {
				var none R
				return none, err
			}
		}
		return next.Handle(ctx, cmd)
	})
}

// Validated lets only messages through that make sense. The pipeline has it; by itself it is for a program without one.
func Validated[C Validator, R any](next Command[C, R]) Command[C, R] {
	return HandlerFunc[C, R](func(ctx context.Context, cmd C) (R, error) {
		if err := cmd.Validate(); err != nil {
			var none R
			return none, err
		}
		return next.Handle(ctx, cmd)
	})
}

// committed hints to the live feed even after an error: a command can have committed one step and failed in the next.
func committed[C, R any](p Pipeline, next Command[C, R]) HandlerFunc[C, R] {
	return func(ctx context.Context, cmd C) (R, error) {
		defer p.Committed()
		return next.Handle(ctx, cmd)
	}
}
