package middleware

import (
	"net/http"

	"github.com/rs/cors"

	"pizzeria/internal/platform/requestid"
)

// CORS lets pages of the origins named send requests with their session and read the answers. Without any, next is as it
// was: browsers keep other origins out by themselves.
func CORS(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins:   origins,
		AllowedMethods:   []string{http.MethodGet, http.MethodPost},
		AllowedHeaders:   []string{"Accept", "Authorization", "Content-Type", "Last-Event-ID"},
		ExposedHeaders:   []string{requestid.Header, "Retry-After"},
		AllowCredentials: true,
		MaxAge:           600,
	}).Handler(next)
}
