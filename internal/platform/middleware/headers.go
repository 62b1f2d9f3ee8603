package middleware

import (
	"net/http"
	"strings"
)

// apiPolicy is for answers that are no pages: nothing in them may run or be framed.
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

// Secure sets the headers that keep a browser from doing with an answer what it isn't meant for. Pages replace the content
// policy by their own.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", apiPolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
			head.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
