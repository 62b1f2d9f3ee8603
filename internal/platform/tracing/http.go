package tracing

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"pizzeria/internal/platform/requestid"
)

const requestIDKey = attribute.Key("pizzeria.request_id")

// requestID leads from a span to the access log and to what the client was told.
func requestID(ctx context.Context) attribute.KeyValue {
	return requestIDKey.String(requestid.FromContext(ctx))
}

// HTTP gives each request a span. A caller may name a trace (W3C traceparent), but only link to it: anybody can call,
// and must not decide what is recorded here, nor write into a trace of ours.
//
// A request that opens a socket or an event stream has no span, which would last for hours. Its operations and its events
// have.
func (p *Provider) HTTP(opensConnection func(*http.Request) bool, next http.Handler) http.Handler {
	if p == nil {
		return next
	}
	var caller propagation.TraceContext
	named := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trace.SpanFromContext(r.Context()).SetAttributes(requestID(r.Context()))
		next.ServeHTTP(w, r)
	})
	spanned := otelhttp.NewHandler(named, "", otelhttp.WithTracerProvider(p.sdk), otelhttp.WithMeterProvider(noop.NewMeterProvider()),
		otelhttp.WithPropagators(caller), otelhttp.WithPublicEndpointFn(func(*http.Request) bool { return true }))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if opensConnection(r) {
			next.ServeHTTP(w, r.WithContext(caller.Extract(r.Context(), propagation.HeaderCarrier(r.Header))))
			return
		}
		spanned.ServeHTTP(w, r)
	})
}
