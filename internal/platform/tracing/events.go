package tracing

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"pizzeria/internal/platform/live"
)

const (
	eventTypeKey = attribute.Key("pizzeria.event.type")
	eventAgeKey  = attribute.Key("pizzeria.event.age_ms") // from when it happened to when the transport got it
)

// subscription is in the context of a subscription's resolver.
type subscription struct {
	tracer trace.Tracer
	field  string
	opened trace.SpanContext
}

type subscriptionKey struct{}

// Delivery is called, with the resolver's ctx, when an item is handed to the transport; what it returns, when the client's
// connection has taken the item. It is a trace of its own, linked to the subscription's opening, since a subscription can
// last for hours.
func Delivery(ctx context.Context, item live.Item) (delivered func()) {
	s, traced := ctx.Value(subscriptionKey{}).(*subscription)
	if !traced {
		return func() {}
	}
	began := time.Now()
	return func() {
		_, span := s.tracer.Start(ctx, "graphql event "+s.field, trace.WithNewRoot(), trace.WithTimestamp(began),
			trace.WithSpanKind(trace.SpanKindProducer), trace.WithLinks(trace.Link{SpanContext: s.opened}),
			trace.WithAttributes(describe(item, began)...))
		span.End()
	}
}

// describe tells what happened and when, and not to what.
func describe(item live.Item, now time.Time) []attribute.KeyValue {
	happened := item.Event
	if happened == nil {
		return []attribute.KeyValue{eventTypeKey.String("RESYNC_REQUIRED")}
	}
	return []attribute.KeyValue{
		eventTypeKey.String(happened.Type), eventAgeKey.Int64(now.Sub(happened.At).Milliseconds()),
	}
}
