package server

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheBankLeadsBackToTheOrdersPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config   Config
		expected string
	}{
		"as told":              {Config{StripeReturnURL: "https://x.example/{orderId}", PublicURL: "https://shop.example"}, "https://x.example/{orderId}"},
		"the shop's address":   {Config{PublicURL: "https://shop.example", Addr: ":8080"}, "https://shop.example/orders/{orderId}"},
		"this machine alone":   {Config{Local: true, Addr: "127.0.0.1:8080"}, "http://127.0.0.1:8080/orders/{orderId}"},
		"a port not known yet": {Config{Local: true, Addr: "127.0.0.1:0"}, ""},
		"an address not known": {Config{Addr: ":8080"}, ""},
	} {
		require.Equal(t, c.expected, c.config.returnURL(), name)
	}
}
