package authhttp_test

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")
	plain := "session=" + token + "; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"
	secure := "__Host-session=" + token + "; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"
	for name, c := range map[string]struct {
		headers []string
		want    string
	}{
		"127.0.0.1":             {nil, plain},
		"localhost":             {[]string{"Host: localhost:8080"}, plain},
		"IPv6 loopback":         {[]string{"Host: [::1]:8080"}, plain},
		"another host":          {[]string{"Host: pizza.example.com"}, secure},
		"look-alike":            {[]string{"Host: localhost.example.com"}, secure},
		"proxy with TLS":        {[]string{"X-Forwarded-Proto: https, http"}, secure},
		"proxy that hides it":   {[]string{"Origin: https://pizza.example.com"}, secure},
		"development with page": {[]string{"Origin: http://localhost:5173"}, plain},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			answer := s.get(t, "/sign-in", append(c.headers, "Authorization: Bearer "+token)...)

			require.Equal(t, []string{c.want}, answer.Header.Values("Set-Cookie"))
		})
	}
}

func TestSessionCookieOverTLS(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")
	encrypted := httptest.NewTLSServer(s.handler)
	t.Cleanup(encrypted.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, encrypted.URL+"/sign-in", nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+token)

	answer, err := encrypted.Client().Do(r)

	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.True(t, strings.HasPrefix(answer.Header.Get("Set-Cookie"), "__Host-session="+token))
	require.GreaterOrEqual(t, answer.TLS.Version, uint16(tls.VersionTLS12))
}

func TestSignOutClearsTheCookies(t *testing.T) {
	t.Parallel()
	s := start(t)

	near := s.get(t, "/sign-out")
	far := s.get(t, "/sign-out", "Host: pizza.example.com")

	gone := "__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"
	require.Equal(t, []string{gone, "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"}, near.Header.Values("Set-Cookie"))
	require.Equal(t, []string{gone}, far.Header.Values("Set-Cookie"))
}

func TestTheLastChangeOfTheSessionCounts(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")

	answer := s.get(t, "/sign-out-and-in", "Authorization: Bearer "+token)

	require.Len(t, answer.Header.Values("Set-Cookie"), 1)
	require.Contains(t, answer.Header.Get("Set-Cookie"), "session="+token)
}

func TestABrowserStaysSignedInAndOut(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")
	browser := s.browser(t)
	name := func(path string, headers ...string) string {
		var who struct{ Name string }
		_ = json.Unmarshal(s.do(t, browser, path, headers...).body, &who)
		return who.Name
	}
	require.Empty(t, name("/who"))
	name("/sign-in", "Authorization: Bearer "+token)

	require.Equal(t, "anna", name("/who"))
	name("/sign-out")
	require.Empty(t, name("/who"))
}

func TestHandlersThatWriteNothingSetCookiesToo(t *testing.T) {
	t.Parallel()
	s := start(t)

	answer := s.get(t, "/silent", "Authorization: Bearer "+s.session("anna"))

	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.NotEmpty(t, answer.Header.Get("Set-Cookie"))
}

func TestResolversOfManyGoroutinesMaySetCookies(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { s.get(t, "/goroutines", "Authorization: Bearer "+token) })
	}
	all.Wait()
}
