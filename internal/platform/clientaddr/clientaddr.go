// Package clientaddr tells clients apart by where they connect from.
package clientaddr

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Of is the IP address that the request came from: the connection's, unless that belongs to a trusted proxy. A proxy's
// word (X-Forwarded-For) is read from the right, since everything left of the first address that isn't a trusted
// proxy's own may be made up.
func Of(r *http.Request, trusted []netip.Prefix) string {
	address := connection(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !within(address, trusted) {
			return address
		}
		ip, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return address
		}
		address = ip.Unmap().String()
	}
	return address
}

// Trusted tells whether the request came through a trusted proxy.
func Trusted(r *http.Request, trusted []netip.Prefix) bool { return within(connection(r), trusted) }

// within tells whether an address belongs to one of the networks.
func within(address string, networks []netip.Prefix) bool {
	ip, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(ip.Unmap()) })
}

func connection(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// Network is what an address counts as in limits: itself, or the upper half of an IPv6 address, since the lower half is
// the client's to choose.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	network, _ := ip.WithZone("").Prefix(64)
	return network.String()
}

type contextKey struct{}

// With remembers the address that the request of ctx came from.
func With(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, contextKey{}, address)
}

// FromContext returns the address that the request of ctx came from, "" if ctx is of none.
func FromContext(ctx context.Context) string {
	address, _ := ctx.Value(contextKey{}).(string)
	return address
}
