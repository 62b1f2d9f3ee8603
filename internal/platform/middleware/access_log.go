package middleware

import (
	"cmp"
	"log/slog"
	"net/http"
	"time"
)

// AccessLog writes a line for each request once it has been answered. It tells the route and never the URL, nor who asked
// or from where: those are personal data, and what an operation did is in the lines of its command. Between it and
// the mux, which notes the route on the request that it gets, nothing may copy the request.
func AccessLog(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		counted := &counter{ResponseWriter: w}
		defer func() {
			panicked := recover()
			if panicked != nil {
				counted.code = http.StatusInternalServerError
			}
			route := cmp.Or(r.Pattern, "none")
			log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("method", method(r.Method)), slog.String("route", route), slog.Int("status", cmp.Or(counted.code, http.StatusOK)),
				slog.Int64("bytes", counted.bytes), slog.Duration("took", time.Since(began)))
			if panicked != nil {
				panic(panicked) // for net/http, which ends the connection
			}
		}()
		next.ServeHTTP(counted, r)
	})
}

// method keeps words that a client made up out of the log.
func method(of string) string {
	switch of {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return of
	}
	return "other"
}

// counter remembers what was answered.
type counter struct {
	http.ResponseWriter
	code  int
	bytes int64
}

func (c *counter) WriteHeader(code int) {
	if c.code < http.StatusOK {
		c.code = code
	}
	c.ResponseWriter.WriteHeader(code)
}

func (c *counter) Write(body []byte) (int, error) {
	if c.code == 0 {
		c.code = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(body)
	c.bytes += int64(n)
	return n, err
}

// Unwrap gives http.ResponseController the connection's deadlines, flushing and hijacking.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
