// Package clientaddr tells clients apart by where they connect from.
package clientaddr

import (
	"net"
	"net/http"
	"net/netip"
)

// Of is the IP address that the request came from.
func Of(r *http.Request) string {
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
