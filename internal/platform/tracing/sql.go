package tracing

import (
	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"go.opentelemetry.io/otel/metric/noop"
)

// SQL spans the statements that are run within another span, with their text and never with the values; and the wait
// for a connection. It is nil where tracing is off.
func (p *Provider) SQL() pgx.QueryTracer {
	if p == nil {
		return nil
	}
	return otelpgx.NewTracer(otelpgx.WithTracerProvider(p.sdk), otelpgx.WithMeterProvider(noop.NewMeterProvider()),
		otelpgx.WithDisableConnectionDetailsInAttributes(), otelpgx.WithQuerySpanNamePrefix())
}
