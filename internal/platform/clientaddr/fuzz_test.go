package clientaddr_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/clientaddr"
)

// FuzzForwarded reads arbitrary forwarded addresses: those that a client puts before the proxy's own must not count.
func FuzzForwarded(f *testing.F) {
	for _, forwarded := range []string{
		"203.0.113.9", "", ",", "203.0.113.9, 10.9.9.9", "10.1.1.1,10.2.2.2", "unknown", "::1", "[2001:db8::5]:80", "203.0.113.9:4711", "fe80::1%eth0",
		"::ffff:203.0.113.9", "::ffff:1.2.3.4%x", "010.0.0.1", "1.2.3.4\x00", " 203.0.113.9\t", "999.1.1.1", "2001:db8:0:0::5", "2001:DB8::5",
	} {
		f.Add("10.1.2.3:4000", forwarded)
		f.Add("198.51.100.7:4000", forwarded)
	}
	f.Add("@", "203.0.113.9")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, connection, forwarded string) {
		proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = connection
		direct := clientaddr.Of(r, proxies)
		r.Header["X-Forwarded-For"] = []string{forwarded}
		address := clientaddr.Of(r, proxies)

		if !clientaddr.Trusted(r, proxies) {
			require.Equal(t, direct, address, "only a proxy is believed")
		}
		ip, err := netip.ParseAddr(address)
		if address != direct {
			require.NoError(t, err)
			require.Equal(t, ip.Unmap().String(), address, "one client has one name")
		}
		r.Header["X-Forwarded-For"] = []string{"192.0.2.66", forwarded}
		forged := clientaddr.Of(r, proxies)
		if ip.IsValid() && !proxies[0].Contains(ip) && !proxies[1].Contains(ip) {
			require.Equal(t, address, forged, "what stands in front may be made up")
		}
		network := clientaddr.Network(address)
		require.Equal(t, network, clientaddr.Network(address))
		if ip.Is6() && !ip.Is4In6() {
			require.Equal(t, 64, netip.MustParsePrefix(network).Bits())
		}
	})
}
