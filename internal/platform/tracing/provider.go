// Package tracing sends OpenTelemetry spans to a collector: of requests, operations, commands and queries, SQL statements
// and delivered events. It is on where an endpoint is configured. A nil *Provider is tracing switched off: its methods
// give back what they got, so that nothing is left in the way of a request.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// flushTime is how long a stopping server waits for the collector to take the last spans.
const flushTime = time.Second

// Provider makes spans and sends them in the background. Its queue is bounded: a collector that is slow or down costs
// spans, and never time. Nothing global is set: code that makes spans is given the provider.
type Provider struct {
	sdk      *sdktrace.TracerProvider
	exporter sdktrace.SpanExporter
	tracer   trace.Tracer
	log      *slog.Logger
}

// Start returns nil if no endpoint is configured, and also, with a warning, if the environment, which may speak to other
// programs, names what can't be followed, such as another protocol or a certificate for an endpoint without TLS. It doesn't
// wait for the collector. Stop it by Shutdown.
func Start(ctx context.Context, c Config, log *slog.Logger) *Provider {
	if !c.on() {
		return nil
	}
	p, err := start(ctx, c, log)
	if err != nil {
		log.WarnContext(ctx, "no traces are sent", "error", err)
		return nil
	}
	return p
}

func start(ctx context.Context, c Config, log *slog.Logger) (*Provider, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	otlp, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(c.url()))
	if err != nil {
		return nil, fmt.Errorf("start tracing: %w", err)
	}
	// What comes later wins: the environment may give the service another name.
	about, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithHost(),
		resource.WithAttributes(semconv.ServiceName("pizzeria")), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("describe the service for tracing: %w", err)
	}
	to := &exporter{SpanExporter: otlp, log: log}
	sdk := sdktrace.NewTracerProvider(sdktrace.WithResource(about), sdktrace.WithBatcher(to))
	return &Provider{sdk: sdk, exporter: to, tracer: sdk.Tracer("pizzeria"), log: log}, nil
}

// Shutdown sends what is left, for a second at most, and gives up the rest.
func (p *Provider) Shutdown(ctx context.Context) {
	if p == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	if err := p.sdk.Shutdown(ctx); err != nil {
		p.log.WarnContext(ctx, "the last traces are lost", "error", err)
	}
	_ = p.exporter.Shutdown(ctx) // it cuts what is still being sent
}
