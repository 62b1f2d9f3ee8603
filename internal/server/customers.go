package server

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"

	"pizzeria/internal/platform/privatepg"
)

// Payments say who takes payments by card. Without them, that is Stripe if there is a key or another base, and else the
// simulated gateway.
type Payments string

// The gateways that can be named.
const (
	Simulated Payments = "simulated"
	Stripe    Payments = "stripe"
)

// UnmarshalText reads one of the names.
func (p *Payments) UnmarshalText(text []byte) error {
	if *p = Payments(text); *p != Simulated && *p != Stripe {
		return errors.New(`write "stripe" or "simulated"`)
	}
	return nil
}

// RealKey tells whether money moves.
func (c Config) RealKey() bool { return c.StripeKey != "" && c.StripeKey != SimulatedKey }

func (c Config) checkPayments() error {
	switch {
	case c.Payments == Stripe && !c.RealKey():
		return fmt.Errorf("PAYMENTS=stripe needs %sSTRIPE_API_KEY", prefix)
	case c.Payments == Simulated && c.RealKey():
		return fmt.Errorf("PAYMENTS=simulated and %sSTRIPE_API_KEY contradict each other: leave one out", prefix)
	}
	return c.checkCardKey()
}

// Public tells whether customers may come: others than this machine's own users reach the address, by itself or through a
// proxy that is named, or money moves.
func (c Config) Public() bool {
	return !loopback(c.Addr) || len(c.TrustedProxies) > 0 || c.RealKey()
}

// loopback tells whether only this machine reaches an address. A name other than localhost may be known elsewhere.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

// ForShop refuses settings with which a shop must not be opened. Its error is one line.
func (c Config) ForShop() error {
	if c.Public() && !c.RealKey() && c.Payments != Simulated {
		return fmt.Errorf("customers may come, and no gateway takes their money: set %[1]sSTRIPE_API_KEY, or %[1]sPAYMENTS=simulated if none is to move", prefix)
	}
	return nil
}

// OnDemo returns the settings for work on the demo's database, whichever the shop's is.
func (c Config) OnDemo() Config {
	c.Demo, c.DatabaseURL = true, ""
	return c
}

// ForDemo returns the settings with which the demo is opened: on a private Postgres of its own unless another is named, with
// the playground, and for this machine alone unless it is to be public. A public one listens where the settings say, or else on
// all addresses. Its error is one line.
func (c Config) ForDemo(public bool) (Config, error) {
	if c.RealKey() {
		return c, fmt.Errorf("the demo takes no money, and %sSTRIPE_API_KEY is set: leave it out", prefix)
	}
	for _, address := range []struct{ name, value string }{{"ADDR", c.Addr}, {"ADMIN_ADDR", c.AdminAddr}} {
		if !public && !loopback(address.value) {
			return c, fmt.Errorf("%s%s=%s can be reached from elsewhere, and the demo's passwords are public: listen on 127.0.0.1, or add -public",
				prefix, address.name, address.value)
		}
	}
	if public && loopback(c.Addr) {
		_, port, _ := net.SplitHostPort(c.Addr) // which loopback has done
		c.Addr = ":" + port
	}
	c.Demo, c.Local = true, !public
	c.Playground = c.Playground || Switch(!c.playgroundGiven)
	return c, nil
}

// privatePostgres is where the private Postgres and its programs are. That of the demo is another one than the shop's.
func (c Config) privatePostgres(o privatepg.Options) (privatepg.Options, error) {
	dir, err := privatepg.DataDir(c.DataDir)
	if err != nil {
		return o, err
	}
	if c.Demo {
		dir = filepath.Join(dir, "demo")
	}
	o.Dir, o.Bin, o.Cache = dir, c.PGBin, c.CacheDir
	return o, nil
}
