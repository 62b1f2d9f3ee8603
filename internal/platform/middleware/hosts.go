package middleware

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// KnownHosts answers only who asks for an IP address, for localhost, or for one of the names given; others get 421. A page in a
// browser of this network can have a name of its own lead to our address, and would then be let read what is answered there:
// its requests still tell that name.
func KnownHosts(names []string, next http.Handler) http.Handler {
	known := make([]string, len(names))
	for i, name := range names {
		known[i] = plainHost(name)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := plainHost(r.Host)
		_, err := netip.ParseAddr(host)
		if err != nil && host != "" && host != "localhost" && !strings.HasSuffix(host, ".localhost") && !slices.Contains(known, host) {
			http.Error(w, "This address isn't asked by that name.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// plainHost is the host of a Host header, in small letters, without port, brackets and the dot at the end.
func plainHost(of string) string {
	if host, _, err := net.SplitHostPort(of); err == nil {
		of = host
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(of, "[]"), "."))
}
