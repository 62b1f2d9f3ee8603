package transport_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

// A page of another site can have a browser send a GET with the cookie, and see at least how long the answer takes.
func TestAnotherSiteIsRefusedWhateverTheMethod(t *testing.T) {
	t.Parallel()
	const trusted = "https://shop.example"
	s := start(t, func(o *transport.Options) { o.TrustedOrigins = []string{trusted} })
	for _, c := range []struct {
		site, origin string
		status       int
	}{
		{"same-origin", "", 200},
		{"none", "", 200},
		{"", "", 200},
		{"cross-site", trusted, 200},
		{"same-site", trusted, 200},
		{"", s.url, 200},
		{"cross-site", "", 403},
		{"same-site", "", 403},
		{"cross-site", "https://evil.example", 403},
		{"cross-site", "null", 403},
		{"", "https://evil.example", 403},
		{"", "null", 403},
	} {
		header := []string{"Accept", graphqlResponse, "Content-Type", "application/json", "Cookie", "session=anna"}
		if c.site != "" {
			header = append(header, "Sec-Fetch-Site", c.site)
		}
		if c.origin != "" {
			header = append(header, "Origin", c.origin)
		}
		asked := s.sessions.asked.Load()

		got := s.do(http.MethodGet, "/graphql?query={whoami}", "", header...)
		posted := s.do(http.MethodPost, "/graphql", `{"query":"{ whoami }"}`, header...)

		for _, a := range []answer{got, posted} {
			require.Equal(t, c.status, a.status, c)
			if c.status == 403 {
				require.Equal(t, []string{"FORBIDDEN"}, a.codes(), c)
				require.Equal(t, asked, s.sessions.asked.Load(), "the cookie was not looked at")
			}
		}
	}
}
