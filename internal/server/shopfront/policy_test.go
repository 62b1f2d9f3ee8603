package shopfront_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server/shopfront"
	"pizzeria/web"
)

// policy is what the shop's page allows: sources by directive.
func policy(t *testing.T, settings shopfront.Settings) (directives map[string]string, page string) {
	t.Helper()
	build := fstest.MapFS{"shop/index.html": {Data: []byte(`<!doctype html><html lang="en"><head><title>Mario's Pizzeria</title></head><body>` +
		`<div id="root"><!--first-screen--></div><!--first-data--></body></html>`)}}
	front, err := shopfront.New(build, web.Catalogues(), http.NotFoundHandler(), settings, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	answer := httptest.NewRecorder()
	front.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/chicago/checkout", nil))
	require.Equal(t, http.StatusOK, answer.Code)
	directives = map[string]string{}
	for directive := range strings.SplitSeq(answer.Header().Get("Content-Security-Policy"), "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		require.NotContains(t, directives, name)
		directives[name] = sources
	}
	return directives, answer.Body.String()
}

func TestNothingOfStripesIsAllowedWithoutItsKey(t *testing.T) {
	t.Parallel()
	directives, page := policy(t, shopfront.Settings{})

	require.Equal(t, map[string]string{
		"default-src": "'none'", "script-src": "'self'", "connect-src": "'self'", "worker-src": "'self'", "manifest-src": "'self'", "style-src": "'self'",
		"img-src": "'self'", "font-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
	}, directives)
	require.NotContains(t, page, "stripe")
}

func TestWithItsKeyStripesLibraryIsAllowedAndNothingElse(t *testing.T) {
	t.Parallel()
	without, _ := policy(t, shopfront.Settings{})
	directives, page := policy(t, shopfront.Settings{CardKey: "pk_live_x"})

	require.Contains(t, page, `"cardKey":"pk_live_x"`)
	require.Equal(t, "'self' https://js.stripe.com https://*.js.stripe.com", directives["script-src"])
	require.Equal(t, "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com", directives["frame-src"])
	require.Equal(t, "'self' https://api.stripe.com", directives["connect-src"])
	for name, sources := range without {
		if name != "script-src" && name != "connect-src" {
			require.Equal(t, sources, directives[name], name)
		}
	}
	require.Len(t, directives, len(without)+1)
}
