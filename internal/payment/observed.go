package payment

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Observed is a gateway whose calls are counted by what became of them. What is our own fault is an error in the log, since
// nobody else can put it right.
type Observed struct {
	gateway Gateway
	calls   *prometheus.CounterVec
	log     *slog.Logger
}

var _ Gateway = (*Observed)(nil)

// NewObserved registers the counter.
func NewObserved(gateway Gateway, registry prometheus.Registerer, log *slog.Logger) *Observed {
	o := &Observed{gateway: gateway, log: log, calls: prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "pizzeria",
		Name:      "gateway_calls_total",
		Help: "Calls of the payment gateway, by outcome: ok, declined (the customer's card), refused (the gateway's no to what " +
			"was asked), ours (a key, a parameter or the account is wrong), passing (no answer, or none that decides).",
	}, []string{"call", "outcome"})}
	registry.MustRegister(o.calls)
	return o
}

// Amounts implements Gateway.
func (o *Observed) Amounts(currency string) Amounts { return o.gateway.Amounts(currency) }

// Authorize implements Gateway.
func (o *Observed) Authorize(ctx context.Context, a Authorization) (Outcome, error) {
	outcome, err := o.gateway.Authorize(ctx, a)
	if err == nil && outcome.Status == Failed {
		o.calls.WithLabelValues("authorize", "declined").Inc()
		return outcome, nil
	}
	return outcome, o.done(ctx, "authorize", err)
}

// Find implements Gateway.
func (o *Observed) Find(ctx context.Context, key string, age time.Duration) (Outcome, bool, error) {
	outcome, found, err := o.gateway.Find(ctx, key, age)
	return outcome, found, o.done(ctx, "find", err)
}

// Capture implements Gateway.
func (o *Observed) Capture(ctx context.Context, c Capturing) error {
	return o.done(ctx, "capture", o.gateway.Capture(ctx, c))
}

// Release implements Gateway.
func (o *Observed) Release(ctx context.Context, intentID, key string) (Released, error) {
	released, err := o.gateway.Release(ctx, intentID, key)
	return released, o.done(ctx, "release", err)
}

// Refund implements Gateway.
func (o *Observed) Refund(ctx context.Context, r RefundRequest) error {
	return o.done(ctx, "refund", o.gateway.Refund(ctx, r))
}

// Refunds implements Gateway.
func (o *Observed) Refunds(ctx context.Context, intentID string) ([]GatewayRefund, error) {
	refunds, err := o.gateway.Refunds(ctx, intentID)
	return refunds, o.done(ctx, "refunds", err)
}

func (o *Observed) done(ctx context.Context, call string, err error) error {
	outcome := "passing"
	var refusal *Refusal
	var ours *Misuse
	switch {
	case err == nil:
		outcome = "ok"
	case errors.As(err, &refusal):
		outcome = "refused"
	case errors.As(err, &ours):
		outcome = "ours"
		o.log.ErrorContext(ctx, "the payment gateway refuses how it is asked", "call", call, "error", err)
	}
	o.calls.WithLabelValues(call, outcome).Inc()
	return err
}
