// Package authhttp is sign-in over HTTP: it finds the session's token in the Authorization header or the cookie, and
// lets resolvers set and clear that cookie.
package authhttp

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Token is the session's token that a request brings, "" if none. The header comes first: a client that sends one has
// decided whom to act for.
func Token(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	return cookieOf(r)
}

// Cookies lets the resolvers behind next set and clear the session's cookie. A websocket has no answer to put one in.
func Cookies(now func() time.Time, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
			next.ServeHTTP(w, r)
			return
		}
		answer := &response{
			plain: plain(r), now: now, session: cookieOf(r), device: cookieNamed(r, secureDevice, plainDevice), quote: cookieNamed(r, secureQuote, plainQuote),
		}
		ctx := context.WithValue(r.Context(), responseKey{}, answer)
		next.ServeHTTP(&writer{w, answer}, r.WithContext(ctx))
		answer.addTo(w.Header()) // for a handler that wrote nothing
	})
}
