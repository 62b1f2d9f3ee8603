package server

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
)

// Entries is a setting with several values, separated by commas, spaces or line ends, however many.
type Entries []string

// UnmarshalText reads at least one entry.
func (e *Entries) UnmarshalText(text []byte) error {
	*e = strings.FieldsFunc(string(text), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	if len(*e) == 0 {
		return errors.New("there is no entry in it")
	}
	return nil
}

// Networks are networks; an address alone is one of itself.
type Networks []netip.Prefix

// UnmarshalText reads at least one network. Its error names the entry that is none.
func (n *Networks) UnmarshalText(text []byte) error {
	var entries Entries
	if err := entries.UnmarshalText(text); err != nil {
		return err
	}
	*n = make(Networks, len(entries))
	for i, entry := range entries {
		network, err := parseNetwork(entry)
		if err != nil {
			return fmt.Errorf("%q is no network: write an address, or a network such as 10.0.0.0/8", entry)
		}
		(*n)[i] = network
	}
	return nil
}

// parseNetwork reads a network, or an address. An IPv4 address in the form of IPv6 is that of IPv4, since clients' are compared
// so.
func parseNetwork(text string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(text); err == nil {
		if address.Zone() != "" {
			return netip.Prefix{}, errors.New("it has a zone")
		}
		return netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	if err != nil {
		return network, err
	}
	if address := network.Addr(); address.Is4In6() && network.Bits() >= 96 {
		network = netip.PrefixFrom(address.Unmap(), network.Bits()-96)
	}
	return network.Masked(), nil
}

// Origins are origins of pages.
type Origins []string

// UnmarshalText reads at least one origin. Its error names the entry that is none.
func (o *Origins) UnmarshalText(text []byte) error {
	var entries Entries
	if err := entries.UnmarshalText(text); err != nil {
		return err
	}
	for _, entry := range entries {
		switch sent := asSent(entry); sent {
		case entry:
		case "":
			return fmt.Errorf("%q is no origin: write scheme and host, e.g. https://shop.example", entry)
		default:
			return fmt.Errorf("%q is no origin as browsers send it: write %s", entry, sent)
		}
	}
	*o = Origins(entries)
	return nil
}

// asSent is how a browser sends the origin of a page at that URL: in small letters, without the usual port; "" if it is no
// URL of one origin. There are no patterns.
func asSent(text string) string {
	u, err := url.Parse(strings.ToLower(text))
	if err != nil || !isURL(strings.ToLower(text)) || strings.ContainsFunc(u.Host, func(r rune) bool { return r == '*' || r > unicode.MaxASCII }) {
		return ""
	}
	host := u.Host
	if usual := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; u.Port() == "" || ":"+u.Port() == usual {
		host = strings.TrimSuffix(strings.TrimSuffix(host, usual), ":")
	}
	return u.Scheme + "://" + host
}

// Hosts are names of hosts, without ports.
type Hosts []string

// UnmarshalText reads at least one name. Its error names the entry that is none.
func (h *Hosts) UnmarshalText(text []byte) error {
	var entries Entries
	if err := entries.UnmarshalText(text); err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.ContainsAny(entry, `:/@*?#[]\%`) || strings.Trim(entry, ".") == "" {
			return fmt.Errorf("%q is no name of a host: write it without scheme and port, e.g. pizzeria.internal", entry)
		}
	}
	*h = Hosts(entries)
	return nil
}
