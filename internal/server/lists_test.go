package server

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestListsTakeSpacesAndBareAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"10.0.0.0/8":             {"10.0.0.0/8"},
		"10.0.0.0/8,::1/128":     {"10.0.0.0/8", "::1/128"},
		" 10.0.0.0/8 , ::1/128 ": {"10.0.0.0/8", "::1/128"},
		"10.0.0.0/8 ::1/128":     {"10.0.0.0/8", "::1/128"},
		"10.0.0.0/8\n::1/128\n":  {"10.0.0.0/8", "::1/128"},
		"10.0.0.0/8,\t,::1/128,": {"10.0.0.0/8", "::1/128"},
		"10.0.0.1":               {"10.0.0.1/32"},
		"::1, 10.0.0.1":          {"::1/128", "10.0.0.1/32"},
		"2001:db8::7":            {"2001:db8::7/128"},
		"10.1.2.3/8":             {"10.0.0.0/8"},
		"::ffff:10.0.0.1":        {"10.0.0.1/32"},
		"::ffff:10.0.0.0/104":    {"10.0.0.0/8"},
		"0.0.0.0/0 ::/0":         {"0.0.0.0/0", "::/0"},
		"2001:DB8:0:0::/32":      {"2001:db8::/32"},
	} {
		config, err := readConfig(map[string]string{"PIZZERIA_TRUSTED_PROXIES": text}, noFile)
		require.NoError(t, err, text)
		var got []string
		for _, network := range config.TrustedProxies {
			require.Equal(t, network, netip.PrefixFrom(network.Addr(), network.Bits()).Masked())
			got = append(got, network.String())
		}
		require.Equal(t, want, got, text)
	}
	config, err := readConfig(map[string]string{
		"PIZZERIA_TRUSTED_ORIGINS": "https://a.example, http://localhost:5173\nhttps://[::1]:8443", "PIZZERIA_STRIPE_WEBHOOK_SECRET": "whsec_a, whsec_b",
		"PIZZERIA_ADMIN_HOSTS": "pizzeria.internal, pizzeria",
	}, noFile)
	require.NoError(t, err)
	require.Equal(t, Origins{"https://a.example", "http://localhost:5173", "https://[::1]:8443"}, config.TrustedOrigins)
	require.Equal(t, Entries{"whsec_a", "whsec_b"}, config.WebhookSecrets)
	require.Equal(t, Hosts{"pizzeria.internal", "pizzeria"}, config.AdminHosts)
}

func TestAnErrorInAListNamesTheEntry(t *testing.T) {
	t.Parallel()
	for variable, entries := range map[string]map[string]string{
		"PIZZERIA_TRUSTED_PROXIES": {
			"10.0.0.1/40": "is no network", "10.0.0": "is no network", "localhost": "is no network", "10.0.0.0/": "is no network", "*": "is no network",
			"fe80::1%eth0": "is no network", "10.0.0.1:80": "is no network", "10.0.0.0/-1": "is no network", "10.0.0.0-10.0.0.9": "is no network",
		},
		"PIZZERIA_TRUSTED_ORIGINS": {
			"shop.example": "is no origin: ", "https://": "is no origin: ", "*": "is no origin: ", "null": "is no origin: ", "https://*.shop.example": "is no origin: ",
			"https://bücher.example": "is no origin: ", "ftp://shop.example": "is no origin: ",
			"https://shop.example/":    "as browsers send it: write https://shop.example",
			"https://shop.example:443": "as browsers send it: write https://shop.example",
			"http://shop.example:80":   "as browsers send it: write http://shop.example",
			"https://Shop.Example":     "as browsers send it: write https://shop.example",
			"HTTPS://shop.example/x?y": "as browsers send it: write https://shop.example",
			"https://me@shop.example":  "as browsers send it: write https://shop.example",
		},
		"PIZZERIA_ADMIN_HOSTS": {"https://shop.example": "is no name", "shop.example:8081": "is no name", "*.example": "is no name", ".": "is no name"},
	} {
		for entry, says := range entries {
			good := map[string]string{"PIZZERIA_TRUSTED_PROXIES": "10.0.0.1", "PIZZERIA_TRUSTED_ORIGINS": "https://a.example", "PIZZERIA_ADMIN_HOSTS": "a"}[variable]

			_, err := readConfig(map[string]string{variable: good + ", " + entry}, noFile)

			require.ErrorContains(t, err, variable+`: "`+entry+`" is no `, entry)
			require.ErrorContains(t, err, says, entry)
		}
		_, err := readConfig(map[string]string{variable: " , "}, noFile)
		require.ErrorContains(t, err, variable+": there is no entry")
	}
}
