// Package tracingtest is a collector of traces for tests: it speaks OTLP over HTTP and keeps what it gets.
package tracingtest

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Collector is a running collector.
type Collector struct {
	*httptest.Server
	t testing.TB

	mu    sync.Mutex
	raw   []byte
	spans []Span
}

// Span is one span as it was sent. Ids are in hex; Parent is "" for the first of a trace.
type Span struct {
	Trace, ID, Parent string
	Name              string
	Kind              tracepb.Span_SpanKind
	Began, Ended      time.Time
	Attributes        map[string]string
	// Links are the ids of the spans linked to, and LinkedTraces of their traces.
	Links, LinkedTraces []string
	Failed              bool
	// Service is that of the resource.
	Service string
}

// Start returns a collector that runs as long as the test does.
func Start(t testing.TB) *Collector {
	c := &Collector{t: t}
	c.Server = httptest.NewServer(http.HandlerFunc(c.take))
	t.Cleanup(c.Close)
	return c
}

func (c *Collector) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var request collectorpb.ExportTraceServiceRequest
	if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &request) != nil {
		c.t.Errorf("the collector got no traces: %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = append(c.raw, body...)
	for _, resource := range request.ResourceSpans {
		service := ""
		for _, a := range resource.Resource.Attributes {
			if a.Key == "service.name" {
				service = a.Value.GetStringValue()
			}
		}
		for _, scope := range resource.ScopeSpans {
			for _, s := range scope.Spans {
				c.spans = append(c.spans, read(s, service))
			}
		}
	}
}

func read(from *tracepb.Span, service string) Span {
	s := Span{
		Trace: hex.EncodeToString(from.TraceId), ID: hex.EncodeToString(from.SpanId), Parent: hex.EncodeToString(from.ParentSpanId),
		Name: from.Name, Kind: from.Kind, Attributes: map[string]string{}, Service: service,
		Began: time.Unix(0, int64(from.StartTimeUnixNano)), Ended: time.Unix(0, int64(from.EndTimeUnixNano)),
		Failed: from.Status.GetCode() == tracepb.Status_STATUS_CODE_ERROR,
	}
	for _, a := range from.Attributes {
		if s.Attributes[a.Key] = a.Value.GetStringValue(); s.Attributes[a.Key] == "" {
			s.Attributes[a.Key] = fmt.Sprint(a.Value.GetIntValue())
		}
	}
	for _, l := range from.Links {
		s.Links = append(s.Links, hex.EncodeToString(l.SpanId))
		s.LinkedTraces = append(s.LinkedTraces, hex.EncodeToString(l.TraceId))
	}
	return s
}

// Raw is all that was sent.
func (c *Collector) Raw() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.raw)
}

// Named are the spans with this name, in the order in which they came.
func (c *Collector) Named(name string) []Span {
	return c.where(func(s Span) bool { return s.Name == name })
}

// One is the only span with this name.
func (c *Collector) One(name string) Span {
	c.t.Helper()
	found := c.Named(name)
	require.Len(c.t, found, 1, "spans named %q of %v", name, c.names())
	return found[0]
}

// Above is the span that is the parent of this one.
func (c *Collector) Above(child Span) Span {
	c.t.Helper()
	found := c.where(func(s Span) bool { return s.Trace == child.Trace && s.ID == child.Parent })
	require.Len(c.t, found, 1, "the parent of %s", child.Name)
	return found[0]
}

// Below are the spans whose parent this one is.
func (c *Collector) Below(parent Span) []Span {
	return c.where(func(s Span) bool { return s.Trace == parent.Trace && s.Parent == parent.ID })
}

// Within are the spans of one trace.
func (c *Collector) Within(trace string) []Span {
	return c.where(func(s Span) bool { return s.Trace == trace })
}

// All are all spans.
func (c *Collector) All() []Span { return c.where(func(Span) bool { return true }) }

func (c *Collector) names() []string {
	var names []string
	for _, s := range c.All() {
		names = append(names, s.Name)
	}
	return names
}

func (c *Collector) where(wanted func(Span) bool) []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []Span
	for _, s := range c.spans {
		if wanted(s) {
			found = append(found, s)
		}
	}
	return found
}
