package cqrs

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/internal/platform/fault"
)

// Metrics counts and times messages by kind, name and outcome. Safe for concurrent use.
type Metrics struct {
	seconds *prometheus.HistogramVec
	retries prometheus.Counter
}

// NewMetrics registers the pipeline's metrics.
func NewMetrics(registry prometheus.Registerer) *Metrics {
	m := &Metrics{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "pizzeria",
			Name:      "message_seconds",
			Help:      "How long commands and queries took, by outcome: ok, the code of a refusal, or fault.",
			Buckets:   prometheus.ExponentialBuckets(0.0005, 2, 14),
		}, []string{"kind", "name", "outcome"}),
		retries: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "pizzeria",
			Name:      "transaction_retries_total",
			Help:      "Transactions run again after they lost a race.",
		}),
	}
	registry.MustRegister(m.seconds, m.retries)
	return m
}

func (m *Metrics) retried() { m.retries.Inc() }

// observe logs names, outcomes and durations, never what a message holds: that is customer data. A message that stands for
// several things people do names each of them (MessageName).
func observe[M, R any](p Pipeline, kind, name string, next Query[M, R]) HandlerFunc[M, R] {
	return func(ctx context.Context, message M) (R, error) {
		name := name
		if several, ok := any(message).(interface{ MessageName() string }); ok {
			name = several.MessageName()
		}
		end := func(string) {}
		if p.Trace != nil {
			ctx, end = p.Trace(ctx, kind+" "+name)
		}
		began := time.Now()
		answer, err := next.Handle(ctx, message)
		took := time.Since(began)
		outcome := outcomeOf(err)
		end(outcome)

		p.Metrics.seconds.WithLabelValues(kind, name, outcome).Observe(took.Seconds())
		level := slog.LevelDebug
		if kind == "command" {
			level = slog.LevelInfo
		}
		p.Log.LogAttrs(ctx, level, kind, slog.String("name", name), slog.String("outcome", outcome), slog.Duration("took", took))
		return answer, err
	}
}

// The outcomes besides the codes of refusals.
const (
	OK    = "ok"
	Fault = "fault"
)

func outcomeOf(err error) string {
	if err == nil {
		return OK
	}
	if refusal, ok := fault.As(err); ok {
		return string(refusal.Code)
	}
	return Fault
}
