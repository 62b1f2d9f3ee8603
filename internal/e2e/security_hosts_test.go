package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// A page in a browser of the operator's network can have its own name lead to an address there, and would read what is
// answered; or send a form there, without reading the answer.
func TestAdminAndGatewayAskedByAPageOfAnotherSite(t *testing.T) {
	s := openProduction(t, func(c *server.Config) { c.AdminHosts = server.Hosts{"pizzeria.internal"} })
	ask := func(method, url, host, origin string) int {
		request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(""))
		require.NoError(t, err)
		request.Host = host
		if origin != "" {
			request.Header.Set("Origin", origin)
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		response, err := s.visitor().http.Do(request)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		return response.StatusCode
	}
	admin, gateway := s.first.admin, s.first.gateway
	for _, url := range []string{admin + "/healthz", admin + "/readyz", admin + "/metrics", admin + "/debug/pprof/", gateway + "/_ledger"} {
		for _, host := range []string{"evil.example", "evil.example:8081", "127.0.0.1.nip.io", "localhost.evil.example"} {
			require.Equal(t, http.StatusMisdirectedRequest, ask(http.MethodGet, url, host, ""), "%s as %s", url, host)
		}
		for _, host := range []string{"127.0.0.1", "10.1.2.3:8081", "[::1]:8081", "localhost:8081"} {
			require.Equal(t, http.StatusOK, ask(http.MethodGet, url, host, ""), "%s as %s", url, host)
		}
	}
	require.Equal(t, http.StatusOK, ask(http.MethodGet, admin+"/readyz", "pizzeria.internal:8081", ""))
	require.Equal(t, http.StatusMisdirectedRequest, ask(http.MethodGet, gateway+"/_ledger", "pizzeria.internal", ""))
	require.Equal(t, http.StatusForbidden, ask(http.MethodPost, gateway+"/_bank", "127.0.0.1", "http://evil.example"))
	require.Equal(t, http.StatusForbidden, ask(http.MethodPost, gateway+"/v1/payment_intents", "127.0.0.1", "null"))
	require.Equal(t, http.StatusNotFound, ask(http.MethodPost, gateway+"/_bank", "127.0.0.1", ""))
}
