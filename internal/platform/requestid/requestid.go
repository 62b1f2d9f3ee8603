// Package requestid names each request, so that what a client was told, the access log and the errors logged for it can
// be put together.
package requestid

import (
	"context"
	"log/slog"
	"strings"
)

// Header is where a request's id travels: from a proxy that is trusted, and back to the client always.
const Header = "X-Request-Id"

const shortest, longest = 8, 64

// Valid tells whether a text can be an id: 8 to 64 letters, digits, hyphens and underscores. Anything else could forge
// lines of the log.
func Valid(id string) bool {
	strange := func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	return len(id) >= shortest && len(id) <= longest && !strings.ContainsFunc(id, strange)
}

type contextKey struct{}

// With names the request of ctx.
func With(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, contextKey{}, id)
}

// FromContext returns the id of the request of ctx, "" if ctx is of none.
func FromContext(ctx context.Context) string {
	id, _ := ctx.Value(contextKey{}).(string)
	return id
}

// Logged adds request_id to every record that is logged with the ctx of a request.
func Logged(next slog.Handler) slog.Handler { return handler{next} }

type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if id := FromContext(ctx); id != "" {
		r.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}
func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }
