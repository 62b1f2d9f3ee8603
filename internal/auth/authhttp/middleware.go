// Package authhttp signs in HTTP requests: it finds out who is asking from the Authorization header or the session's
// cookie, and lets resolvers set and clear that cookie.
package authhttp

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"pizzeria/internal/auth"
	"pizzeria/internal/clientaddr"
	"pizzeria/internal/fault"
)

// authenticator tells whom a token belongs to; a *fault.Error means nobody.
type authenticator interface {
	Authenticate(ctx context.Context, token string) (auth.Actor, time.Time, error)
}

// Middleware puts the actor and the token of a request into its context. A token that is not (or no longer) good makes
// a visitor, as does none. While it can't be known whose token it is, the answer is 503 UNAVAILABLE: a client that was
// treated as a visitor instead would believe that it has been signed out.
type Middleware struct {
	Sessions authenticator
	Now      func() time.Time
	Log      *slog.Logger
}

// Wrap returns next with the middleware before it.
func (m Middleware) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := m.authenticate(r)
		if err != nil {
			m.unavailable(w, r, err)
			return
		}
		ctx = context.WithValue(ctx, addressKey{}, clientaddr.Of(r))
		if r.Header.Get("Upgrade") != "" {
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		}
		answer := &response{plain: plain(r), now: m.Now}
		ctx = context.WithValue(ctx, responseKey{}, answer)
		next.ServeHTTP(&writer{w, answer}, r.WithContext(ctx))
		answer.addTo(w.Header()) // for a handler that wrote nothing
	})
}

func (m Middleware) authenticate(r *http.Request) (context.Context, error) {
	ctx, token := r.Context(), tokenOf(r)
	if token == "" {
		return ctx, nil
	}
	actor, _, err := m.Sessions.Authenticate(ctx, token)
	if _, refused := fault.As(err); refused {
		return ctx, nil
	}
	if err != nil {
		return nil, err
	}
	return auth.WithToken(auth.WithActor(ctx, actor), token), nil
}

func (m Middleware) unavailable(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		m.Log.ErrorContext(r.Context(), "authenticate request", "error", err)
	}
	head := w.Header()
	head.Set("Content-Type", "application/json; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, `{"errors":[{"message":"The service is busy. Try again.","extensions":{"code":"`+string(fault.Unavailable)+`"}}]}`)
}

type addressKey struct{}

// Address returns the IP address that the request of ctx came from, "" if ctx is not of a request.
func Address(ctx context.Context) string {
	address, _ := ctx.Value(addressKey{}).(string)
	return address
}
