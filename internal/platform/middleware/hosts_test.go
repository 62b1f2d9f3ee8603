package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/middleware"
)

func TestOnlyKnownHostsAreAnswered(t *testing.T) {
	t.Parallel()
	handler := middleware.KnownHosts([]string{"Pizzeria.internal"}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for host, status := range map[string]int{
		"127.0.0.1": 200, "127.0.0.1:8081": 200, "10.1.2.3:8081": 200, "[::1]:8081": 200, "[::1]": 200, "::1": 200, "[fe80::1%25eth0]:8081": 200,
		"localhost": 200, "LOCALHOST:8081": 200, "localhost.": 200, "shop.localhost:8081": 200, "": 200,
		"pizzeria.internal": 200, "PIZZERIA.INTERNAL:8081": 200, "pizzeria.internal.:8081": 200,
		"evil.example": 421, "evil.example:8081": 421, "pizzeria": 421, "pizzeria.internal.evil.example": 421, "evilpizzeria.internal": 421,
		"localhost.evil.example": 421, "evillocalhost": 421, "127.0.0.1.evil.example:8081": 421, "127.0.0.1.nip.io": 421, "0x7f.1": 421, "2130706433": 421,
		"127.1": 421, "[evil.example]:8081": 421, ":8081": 200,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()

		handler.ServeHTTP(w, r)

		require.Equal(t, status, w.Code, host)
		require.NotContains(t, w.Body.String(), "evil")
	}
}
