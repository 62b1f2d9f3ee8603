package tracing

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// outcomeKey tells how a span's work ended: cqrs.OK, cqrs.Fault or the code of a refusal.
const outcomeKey = attribute.Key("pizzeria.outcome")

// Messages spans commands and queries, named like "command placeOrder": a cqrs.Pipeline's Trace. It is nil where tracing
// is off.
func (p *Provider) Messages() func(ctx context.Context, name string) (context.Context, func(outcome string)) {
	if p == nil {
		return nil
	}
	return func(ctx context.Context, name string) (context.Context, func(string)) {
		ctx, span := p.tracer.Start(ctx, name)
		return ctx, func(outcome string) { end(span, outcome) }
	}
}

// end marks as errors what should not have happened. Other refusals are answers.
func end(span trace.Span, outcome string) {
	span.SetAttributes(outcomeKey.String(outcome))
	if outcome == cqrs.Fault || outcome == string(fault.Unavailable) {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}
