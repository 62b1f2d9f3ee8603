// Package middleware is what every HTTP request passes before it reaches a route: it is named, placed and logged, and
// its answer gets the headers that browsers are to obey.
package middleware

import (
	"net/http"
	"net/netip"

	"pizzeria/internal/platform/clientaddr"
	"pizzeria/internal/platform/requestid"
)

// Identify gives each request an id, which it returns in the header X-Request-Id, and remembers the address that it came
// from. What a proxy says of either counts only if the proxy is trusted.
func Identify(trusted []netip.Prefix, newID func() string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestid.Header)
		if !requestid.Valid(id) || !clientaddr.Trusted(r, trusted) {
			id = newID()
		}
		w.Header().Set(requestid.Header, id)
		ctx := clientaddr.With(r.Context(), clientaddr.Of(r, trusted))
		next.ServeHTTP(w, r.WithContext(requestid.With(ctx, id)))
	})
}
