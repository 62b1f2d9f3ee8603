package tracing

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// exporter is the one way out for spans. A failure is logged and ends here: it is no business of the requests.
type exporter struct {
	sdktrace.SpanExporter
	log  *slog.Logger
	lost int // spans, since the collector last took some
}

// ExportSpans implements sdktrace.SpanExporter; it is called one at a time. A collector can be down for days, so only the
// first loss is logged, and the end of it.
func (e *exporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	redacted := make([]sdktrace.ReadOnlySpan, len(spans))
	for i, s := range spans {
		redacted[i] = redactedSpan{s}
	}
	switch err := e.SpanExporter.ExportSpans(ctx, redacted); {
	case err == nil && e.lost > 0:
		e.log.InfoContext(ctx, "traces are sent again", "spans_lost", e.lost)
		e.lost = 0
	case err != nil && e.lost == 0:
		e.log.WarnContext(ctx, "traces are lost for now", "error", err)
		fallthrough
	case err != nil:
		e.lost += len(spans)
	}
	return nil
}

// exported are the attributes that leave the house. Libraries set others, which clients choose or which tell who they
// are: addresses, paths, the user agent.
var exported = map[attribute.Key]bool{
	"http.request.method":       true,
	"http.route":                true,
	"http.request.body.size":    true,
	"http.response.body.size":   true,
	"http.response.status_code": true,
	"network.protocol.version":  true,
	"url.scheme":                true,
	"graphql.operation.type":    true,
	"db.system.name":            true,
	"db.operation.name":         true,
	"db.query.text":             true, // values are apart from it, as parameters
	"pgx.rows_affected":         true,
	"pgx.sql_state":             true,
	requestIDKey:                true,
	outcomeKey:                  true,
	eventTypeKey:                true,
	eventAgeKey:                 true,
}

// redactedSpan is a span without personal data.
type redactedSpan struct{ sdktrace.ReadOnlySpan }

// Attributes returns only those that may leave.
func (s redactedSpan) Attributes() []attribute.KeyValue {
	var kept []attribute.KeyValue
	for _, a := range s.ReadOnlySpan.Attributes() {
		if exported[a.Key] {
			kept = append(kept, a)
		}
	}
	return kept
}

// Events returns none: libraries record the texts of errors as events, and those can quote values.
func (redactedSpan) Events() []sdktrace.Event { return nil }

// Status tells that there was an error, and not which.
func (s redactedSpan) Status() sdktrace.Status {
	return sdktrace.Status{Code: s.ReadOnlySpan.Status().Code}
}
