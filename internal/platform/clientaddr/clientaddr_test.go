package clientaddr_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/clientaddr"
)

func TestWhereARequestCameFrom(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for name, c := range map[string]struct {
		connection string
		forwarded  []string
		want       string
	}{
		"directly":                         {"198.51.100.7:4000", nil, "198.51.100.7"},
		"directly, with a made-up word":    {"198.51.100.7:4000", []string{"203.0.113.9"}, "198.51.100.7"},
		"by a proxy":                       {"10.1.2.3:4000", []string{"203.0.113.9"}, "203.0.113.9"},
		"by a proxy on the same machine":   {"[::1]:4000", []string{"2001:db8::5"}, "2001:db8::5"},
		"by two proxies":                   {"10.1.2.3:4000", []string{"203.0.113.9, 10.9.9.9"}, "203.0.113.9"},
		"by two proxies, a header each":    {"10.1.2.3:4000", []string{"203.0.113.9", "10.9.9.9"}, "203.0.113.9"},
		"with a forged start of the chain": {"10.1.2.3:4000", []string{"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
		"by a proxy that tells nothing":    {"10.1.2.3:4000", nil, "10.1.2.3"},
		"by a proxy that tells nonsense":   {"10.1.2.3:4000", []string{"unknown"}, "10.1.2.3"},
		"by a proxy, IPv4 in IPv6":         {"10.1.2.3:4000", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.connection
		for _, value := range c.forwarded {
			r.Header.Add("X-Forwarded-For", value)
		}

		require.Equal(t, c.want, clientaddr.Of(r, proxies), name)
	}
}

func TestWhatCountsAsOneClient(t *testing.T) {
	t.Parallel()
	require.Equal(t, "198.51.100.7", clientaddr.Network("198.51.100.7"))
	require.Equal(t, clientaddr.Network("2001:db8:1:2::5"), clientaddr.Network("2001:db8:1:2:ffff::9"))
	require.NotEqual(t, clientaddr.Network("2001:db8:1:2::5"), clientaddr.Network("2001:db8:1:3::5"))
}
